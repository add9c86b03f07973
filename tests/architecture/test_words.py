"""Every word that a person may see is said in both languages, with the same places to fill in."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
APPS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("soyol."))


def _said(folder: Path) -> set[str]:
    found = set()
    for path in folder.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        first = [call.args[0] for call in calls if _says(call.func) and call.args]
        found |= {each.value for each in first if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    for path in folder.rglob("*.html"):
        found |= set(re.findall(r"{%-?\s*translate\s+\"([^\"]+)\"", path.read_text(encoding="utf-8")))
        found |= set(re.findall(r"{%-?\s*translate\s+'([^']+)'", path.read_text(encoding="utf-8")))
    return found


def _says(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in CALLS


def _catalogue(app: str, language: str) -> Catalog:
    path = Path(apps.get_app_config(app).path) / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as words:
        return read_po(words, locale=language)


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize("app", APPS)
def test_every_word_of_an_app_is_said_in_each_language(app: str, language: str) -> None:
    said = {message.id for message in _catalogue(app, language) if message.string and not message.fuzzy}
    said |= {one for ids in said if isinstance(ids, tuple) for one in ids}
    assert _said(Path(apps.get_app_config(app).path)) - said == set()


@pytest.mark.parametrize("language", ["mn", "en"])
@pytest.mark.parametrize("app", APPS)
def test_translations_fill_in_the_same_places(app: str, language: str) -> None:
    wrong = []
    for message in _catalogue(app, language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set().union(*map(_places, ids))
        wrong += [text for text in texts if message.id and not _places(text) <= wanted]
        if message.id and not any(_places(text) == wanted for text in texts):
            wrong.append(str(message.id))
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_mongolian_is_quoted_as_mongolian_is(app: str) -> None:
    texts = [message.string for message in _catalogue(app, "mn") if message.id]
    said = [text for each in texts for text in (each if isinstance(each, tuple) else (each,))]
    assert [text for text in said if re.search("[“”„]", text)] == []
