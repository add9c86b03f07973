"""What the checking page says of a certificate: the verdict, what to do, and the lines of the sheet to compare."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from soyol.certificates.choices import State
from soyol.certificates.printing.sheet import Sheet, sheet_of
from soyol.certificates.queries import Shown
from soyol.registry.choices import ActorState
from soyol.registry.models import Actor
from soyol.registry.queries import entry_of, redirect_of
from soyol.ui.templatetags.soyol_formats import day

#: State → how the page looks, a sign, the verdict and what to make of it. Colour and sign never stand alone.
VERDICTS: dict[str, tuple[str, str, str, str]] = {
    State.VALID: (
        "good",
        "✓",
        gettext_noop("This certificate is valid"),
        gettext_noop("Compare the sheet with this page, line by line: only what stands here is certified."),
    ),
    State.EXPIRED: (
        "care",
        "!",
        gettext_noop("This certificate has expired"),
        gettext_noop("It was valid until %(day)s. Ask whoever showed it for a renewed one."),
    ),
    State.REPLACED: (
        "care",
        "⇒",
        gettext_noop("This certificate was replaced by a newer one"),
        gettext_noop("It has not counted since %(day)s. Ask whoever showed it for the newer sheet."),
    ),
    State.CHANGED: (
        "care",
        "△",
        gettext_noop("Do not rely on this certificate"),
        gettext_noop(
            "It is genuine, but the registry no longer says what it says. Ask whoever showed it for a renewed one."
        ),
    ),
    State.REVOKED: (
        "bad",
        "×",
        gettext_noop("This certificate was revoked"),
        gettext_noop("It has not counted since %(day)s."),
    ),
    State.GONE: (
        "bad",
        "×",
        gettext_noop("This certificate no longer counts"),
        gettext_noop(
            "It is genuine, but the number for which it was issued does not stand in the registry by itself any more."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a certificate stands, as a page says it."""

    kind: str
    sign: str
    title: str
    text: str


def verdict(found: Shown) -> Verdict:
    """The verdict on a certificate, in the reader's language."""
    kind, sign, title, text = VERDICTS[found.state]
    return Verdict(kind, sign, _(title), _(text) % {"day": day(_since(found))})


def _since(found: Shown) -> date:
    """The day that the verdict names: of the revocation, of the replacement, or the last one on which it counted."""
    told = found.certificate
    moment = {State.REVOKED: told.revoked_at, State.REPLACED: told.replaced_at}.get(State(found.state))
    return timezone.localdate(moment) if moment else told.valid_until


def lines(found: Shown) -> list[tuple[str, tuple[str, ...]]]:
    """What is printed, as name and values, for comparing; of an entry that is none any more only number and days."""
    sheet = sheet_of(found.certificate)
    told = [(_mine(sheet, line.label), line.value) for line in sheet.below]
    if found.certificate.actor.state in {ActorState.EMPTY, ActorState.ERASED}:
        return told
    name = [(_("Name"), sheet.name)]
    return name + [(_mine(sheet, line.label), line.value) for line in sheet.lines] + told


def _mine(sheet: Sheet, told: tuple[str, ...]) -> str:
    """The text in the reader's language."""
    wanted = (get_language() or "").split("-")[0]
    at = sheet.languages.index(wanted) if wanted in sheet.languages else 0
    return told[at] if at < len(told) else told[0]


def leads_to(found: Shown) -> str:
    """The public number under which the entry is found now; "" where there is none, or none that is public."""
    moved = redirect_of(found.facts["number"])
    if not moved:
        return ""
    try:
        return str(entry_of(moved, public_only=True).number)
    except Actor.DoesNotExist:
        return ""
