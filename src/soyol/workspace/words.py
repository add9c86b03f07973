"""Sentences for the codes of the plain libraries, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from soyol.intake.problems import way_out_of
from soyol.lib import words


def language() -> str:
    """The reader's language, if the plain catalogue has it."""
    wanted = (get_language() or "en").split("-")[0]
    return wanted if wanted in words.languages() else "en"


def problem_words(problem: Mapping[str, Any] | None) -> str:
    """What a problem says; empty for none."""
    if not problem:
        return ""
    return words.say(str(problem["code"]), dict(problem.get("params") or {}), language())


def way_out_words(problem: Mapping[str, Any] | None) -> str:
    """What to do about it; empty for none."""
    return problem_words({**problem, "code": way_out_of(str(problem["code"]))}) if problem else ""
