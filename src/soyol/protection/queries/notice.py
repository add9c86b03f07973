"""What the state and the people are told of a loss: drafts in the site's languages, to be read and sent by a person.

The law wants to be told what happened when, of which data, about how many people, and what is done about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.protection.models import Loss
from soyol.protection.queries.affected import kind_words
from soyol.protection.queries.held import KIND_OF
from soyol.protection.queries.seen import SEEN
from soyol.ui.templatetags.soyol_formats import day, number

STATE, PERSON = "state", "person"


@dataclass(frozen=True, slots=True)
class Draft:
    """One notice: for whom (``STATE`` or ``PERSON``), in which language, and its words."""

    to: str
    language: str
    subject: str
    text: str


def drafts(loss: Loss) -> list[Draft]:
    """The notice to the state and that to the person, in every language of the site."""
    return [draft for language in dict(settings.LANGUAGES) for draft in _in(language, loss)]


def _in(language: str, loss: Loss) -> Iterator[Draft]:
    with override(language):
        told = {
            "since": day(loss.since),
            "until": day(loss.last_moment),
            "people": number(loss.people),
            "kinds": "; ".join(map(kind_words, _kinds(loss))),
            "what": loss.what,
            "contact": settings.SOYOL_CONTACT or settings.SOYOL_ORIGIN,
        }
        state = (
            _("We tell you of a loss of personal data."),
            _("What happened: %(what)s") % told,
            _("When: from %(since)s until %(until)s.") % told,
            _("How many people it concerns: %(people)s.") % told,
            _("Which data: %(kinds)s.") % told,
            _("What we have done about it: [write it here]."),
            _("Whom you may ask: %(contact)s.") % told,
        )
        yield Draft(STATE, language, _("Notice of a loss of personal data"), "\n\n".join(state))
        person = (
            _("Data about you that we keep may have come into hands in which it should not be."),
            _("When: from %(since)s until %(until)s.") % told,
            _("Which data it may be: %(kinds)s.") % told,
            _("What you can do: change passwords that you use elsewhere, and trust nobody who calls in our name."),
            _("What we have done about it: [write it here]."),
            _("Whom you may ask: %(contact)s.") % told,
        )
        yield Draft(PERSON, language, _("Your data may have been lost"), "\n\n".join(person))


def _kinds(loss: Loss) -> list[str]:
    """What there was of it: of what was lost, but held about nobody, nobody needs to be told."""
    return [code for code in (SEEN, *KIND_OF) if code in loss.counts]
