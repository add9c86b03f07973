"""What is Mongolian stands in the Mongolian pack, in translations and in sample material, and nowhere else.

Asked of all code: strings, patterns, templates, styles, scripts. Comments and docstrings explain and leak nothing.
"""

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

from soyol.packs import load

ROOT = Path(__file__).resolve().parent.parent.parent
SUFFIXES = {".py", ".toml", ".csv", ".html", ".txt", ".css", ".js", ".json", ".geojson", ".svg", ".xml", ""}
#: The pack, translations (catalogues and words), and nothing else. Sample material, and the writing of
#: which lists to measure are made, lie outside of these folders.
OWN = re.compile(r"^src/soyol/packs/mn/|\.po$|/words/mn\.toml$")
#: Letters that Mongolian has beside Russian ones, the sign of the tugrik, and any word in Cyrillic. Ranges of letters
#: in patterns (code pages are recognised by them) are no words.
LETTERS = re.compile(r"[өүӨҮ₮]|[А-Яа-яЁё][а-яё]{2,}|(?<![\[\u0400-\u04ff])[А-ЯЁ]{3,}(?![\u0400-\u04ff])")

#: The country and its language named by code → why. Everybody else is told by the pack or by the settings.
NAMED = {
    "benchmarks/__init__.py": "the lists that are measured are of one country",
    "src/config/settings.py": "which pack and which languages a site has where nobody says it",
}
CODES = {"mn", "MN", "MNG", "MNT", "Asia/Ulaanbaatar", "name_mn"}


@cache
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
    roots = [ROOT / "src", ROOT / "tools", ROOT / "launch", ROOT / "soyol"]
    every = [path for root in roots for path in (root.rglob("*") if root.is_dir() else [root])]
    names = ((path, path.relative_to(ROOT).as_posix()) for path in every if path.is_file() and path.suffix in SUFFIXES)
    return [path for path, name in names if not OWN.search(name) and "__pycache__" not in name]


def named_by_code() -> set[str]:
    """Files of the product, its launcher and its measurements in which a string is a code of the country."""
    found = set()
    for root in ("src", "launch", "benchmarks"):
        for path in (ROOT / root).rglob("*.py"):
            name, tree = path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
            constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            if not OWN.search(name) and constants & CODES:
                found.add(name)
    return found


def leaks(pattern: re.Pattern[str]) -> list[str]:
    found = ((path.relative_to(ROOT).as_posix(), pattern.search(code_of(path))) for path in files())
    return sorted(f"{name}: {hit.group()!r}" for name, hit in found if hit)


def test_no_letter_sign_or_word_of_mongolian_stands_in_code():
    assert leaks(LETTERS) == []


def test_country_and_language_come_from_the_pack_and_the_settings():
    assert named_by_code() == set(NAMED)


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
