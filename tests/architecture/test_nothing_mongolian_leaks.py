"""What is Mongolian stands in the Mongolian pack, in translations and in sample material, and nowhere else.

Asked of all code: strings, patterns, templates, styles, scripts. Comments and docstrings explain and leak nothing.
"""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from soyol.packs import load

ROOT = Path(__file__).resolve().parent.parent.parent
SUFFIXES = {".py", ".toml", ".csv", ".html", ".txt", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ""}
#: The pack, translations (catalogues and words), and nothing else. Sample material lies outside of these folders.
OWN = re.compile(r"^src/soyol/packs/mn/|\.po$|/words/mn\.toml$")
#: Letters that Mongolian has beside Russian ones, the sign of the tugrik, and any word in Cyrillic. Ranges of letters
#: in patterns (code pages are recognised by them) are no words.
LETTERS = re.compile(r"[өүӨҮ₮]|[А-Яа-яЁё][а-яё]{2,}|(?<![\[\u0400-\u04ff])[А-ЯЁ]{3,}(?![\u0400-\u04ff])")


def code_of(path: Path) -> str:
    """A file without comments and docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py" or text.startswith("#!/usr/bin/env python"):
        return python_of(text)
    if path.suffix in {".css", ".js"}:
        return re.sub(r"/\*.*?\*/|(?<=\s)//[^\n]*", "", text, flags=re.DOTALL)
    if path.suffix in {".html", ".txt"}:
        return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"^\s*#[^\n]*", "", text, flags=re.MULTILINE) if path.suffix == ".toml" else text


def python_of(text: str) -> str:
    tree = ast.parse(text)
    explained = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for each in body if isinstance(body, list) else []:
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Constant)
                and isinstance(each.value.value, str)
            ):
                explained.add((each.value.lineno, each.value.col_offset))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    kept = (token for token in tokens if token.type != tokenize.COMMENT and token.start not in explained)
    return "\n".join(token.string for token in kept)


def files() -> list[Path]:
    every = [*(ROOT / "src").rglob("*"), *(ROOT / "tools").rglob("*"), ROOT / "soyol"]
    names = ((path, path.relative_to(ROOT).as_posix()) for path in every if path.is_file() and path.suffix in SUFFIXES)
    return [path for path, name in names if not OWN.search(name) and "__pycache__" not in name]


def leaks(pattern: re.Pattern[str]) -> list[str]:
    found = ((path.relative_to(ROOT).as_posix(), pattern.search(code_of(path))) for path in files())
    return sorted(f"{name}: {hit.group()!r}" for name, hit in found if hit)


def test_no_letter_sign_or_word_of_mongolian_stands_in_code():
    assert leaks(LETTERS) == []


def test_no_unit_of_mongolia_stands_in_code():
    pack = load("mn")
    provinces = pack.units.at_level(1)
    names = {name for unit in provinces for name in (*unit.names.values(), *unit.aliases) if len(name) > 4}
    codes = {unit.iso for unit in provinces}
    assert leaks(re.compile("|".join(rf"\b{re.escape(each)}\b" for each in sorted(names | codes)))) == []


@pytest.mark.parametrize(
    ("text", "leaking"),
    [
        ('"""Бат."""\nX = 1  # ө\n', False),
        ('X = "Бат"\n', True),
        ('def f():\n    "ө"\n    return "ө"\n', True),
        ('class A:\n    """ө"""\n', False),
        ('X = "[а-я]"\n', False),
    ],
)
def test_strings_are_asked_and_explanations_are_not(text, leaking):
    assert bool(LETTERS.search(python_of(text))) is leaking


def test_many_files_are_asked():
    assert len(files()) > 200
