"""What pages of a survey say of questions and answers, in the reader's language."""

import re

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from soyol.surveys.queries import shown
from soyol.surveys.rules import Filled, Item, Spot, Wrong
from soyol.surveys.rules.evaluating import text_of
from soyol.surveys.rules.forms import OK, Words

#: Code of what is wrong with an answer → what to do.
WRONG = {
    "required": gettext_noop("Please answer this question."),
    "constraint": gettext_noop("This answer cannot be right. Please look at it again."),
    "choice": gettext_noop("Choose one of the answers offered."),
    "whole": gettext_noop("Write a whole number in figures, such as 12."),
    "decimal": gettext_noop("Write a number in figures, such as 12.5."),
    "day": gettext_noop("Write a day that there is, such as 2026.11.22."),
    "month": gettext_noop("Write a year and a month, such as 2026.11."),
    "year": gettext_noop("Write a year, such as 1987."),
    "long": gettext_noop("This is too long. Write the most important part."),
}
_TOLD = re.compile(r"\$\{\s*([A-Za-z_]\w*)\s*\}")


def language() -> str:
    """The reader's language, as forms name languages."""
    return (get_language() or "en").split("-")[0]


def said(filled: Filled, told: Words, round_: int | None = None) -> str:
    """A text of the form; where it names a question, the answer stands in its place."""

    def answer(found: re.Match[str]) -> str:
        placed = filled.form.placed.get(found.group(1))
        if placed is None or placed.item.kind != "question":
            return ""
        mine = round_ if placed.repeat else None
        return shown(filled.form, placed.item, text_of(filled.value(placed.item.name, mine)), language())

    return _TOLD.sub(answer, filled.form.words(told, language()))


def label(filled: Filled, spot: Spot) -> str:
    """What a question asks."""
    return said(filled, spot.item.labels, spot.round) or spot.item.name


def answer_words(filled: Filled, spot: Spot) -> str:
    """An answer as a reader sees it, empty where there is none."""
    text = text_of(filled.value(spot.item.name, spot.round))
    if spot.item.type == "acknowledge":
        return _("Yes") if text == OK else ""
    return shown(filled.form, spot.item, text, language())


def wrong_words(filled: Filled, wrong: Wrong) -> str:
    """What is wrong with an answer and what to do: as the form says it, else in words of ours."""
    item: Item = wrong.spot.item
    own = {"required": item.required_words, "constraint": item.constraint_words}.get(wrong.code)
    return (said(filled, own, wrong.spot.round) if own else "") or _(WRONG[wrong.code])
