"""Word lists: complete in both languages, with the same places, not stale, and compiled without GNU gettext."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.utils.translation import gettext, override, trans_real

from soyol.ui.management.commands import compile_catalogues
from soyol.ui.management.commands.compile_catalogues import catalogues, compile_one

SOURCE = Path(__file__).resolve().parents[2] / "src"
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}")


def _messages(path: Path) -> list[Message]:
    with path.open("rb") as words:
        return [message for message in read_po(words, locale=path.parts[-3]) if message.id]


def _texts(value: Any) -> list[str]:
    return list(value) if isinstance(value, tuple | list) else [value]


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: "/".join(path.parts[-5:-2:2]))
def test_every_word_is_said_with_the_same_places(path: Path) -> None:
    wrong = []
    for message in _messages(path):
        said = _texts(message.string)
        wanted = set(PLACE.findall(_texts(message.id)[-1]))
        if "fuzzy" in message.flags or not all(said) or any(set(PLACE.findall(text)) - wanted for text in said):
            wrong.append(message.id)
    assert wrong == []


def test_both_languages_know_the_same_words() -> None:
    lists = {path: {str(message.id) for message in _messages(path)} for path in catalogues()}
    for path, known in lists.items():
        other = path.parents[2] / ("en" if path.parts[-3] == "mn" else "mn") / "LC_MESSAGES" / path.name
        assert known == lists[other], path


def test_one_word_is_said_in_one_way() -> None:
    """Django joins all lists into one: two translations of one text would depend on the order of the apps."""
    said: dict[tuple[str, str], set[str]] = {}
    for path in catalogues():
        for message in _messages(path):
            key = (path.parts[-3], _texts(message.id)[0])
            said.setdefault(key, set()).add(_texts(message.string)[0])
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


#: Words that the glossary says otherwise, each with the word that it wants.
NOT_OURS = {"импорт": "бүртгэлд оруулах"}


def test_one_thing_has_one_name_as_the_glossary_gives_it() -> None:
    glossary = (SOURCE.parent / "docs/glossary.md").read_text(encoding="utf-8").casefold()
    assert [wanted for wanted in NOT_OURS.values() if wanted not in glossary] == []
    texts = [text for path in catalogues() for message in _messages(path) for text in _texts(message.string)]
    assert [text for text in texts for word in NOT_OURS if word in text.casefold()] == []


def test_compiling_needs_no_gettext(tmp_path: Path) -> None:
    source = tmp_path / "mn" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "yes"\nmsgstr "тийм"\n')
    assert compile_one(source)
    assert "тийм".encode() in source.with_suffix(".mo").read_bytes()
    assert not compile_one(source), "nothing has changed"


EXTRACT = """
import sys
from django.conf import settings
settings.configure()
from django.core.management import execute_from_command_line
execute_from_command_line(["manage", "makemessages", "--locale", "en", "--verbosity", "0"])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    [path.parents[3] for path in catalogues() if path.parts[-3] == "en"],
    ids=lambda place: place.relative_to(SOURCE).as_posix(),
)
def test_word_lists_are_not_stale(place: Path, tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext is not on this machine")
    copy = tmp_path / place.name
    shutil.copytree(place, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    words = copy / "locale/en/LC_MESSAGES/django.po"
    known = {str(message.id) for message in _messages(words)}
    subprocess.run([sys.executable, "-c", EXTRACT], cwd=copy, check=True)
    fresh = {str(message.id) for message in _messages(words)}
    # Signing in is allauth's and Django's; what they leave without Mongolian words is said by the accounts.
    lent = _lent() if place.name == "accounts" else set()
    assert (sorted(fresh - known), sorted(known - fresh - lent)) == ([], [])


def _lent() -> set[str]:
    django_ = Path(django.__file__).parent
    places = (Path(allauth.__file__).parent, django_ / "conf", django_ / "contrib/auth")
    lists = [place / "locale/en/LC_MESSAGES/django.po" for place in places]
    return {str(message.id) for path in lists for message in _messages(path)}


def test_words_that_were_asked_for_before_they_were_there_are_asked_for_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = tmp_path / "mn" / "LC_MESSAGES" / "django.po"
    fresh.parent.mkdir(parents=True)
    shutil.copy(catalogues()[0], fresh)
    monkeypatch.setattr(compile_catalogues, "catalogues", lambda: [fresh])
    with override("mn"):
        gettext("name")
        before = trans_real._translations["mn"]
        call_command("compile_catalogues", verbosity=0, stdout=io.StringIO())
    with override("mn"):
        gettext("name")
        assert trans_real._translations["mn"] is not before
