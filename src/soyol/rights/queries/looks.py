"""Who looked at somebody's data: at them under any number, at files in which rows of theirs stand, at their answers.

What the audit keeps of a look names what was on the screen: an entry, a file, an answer, a row. Whose data that was
follows from whose the rows are now, so that merging and splitting entries moves looks as it moves rows. Told in the
shape of Estonia's data tracker: when, what, for which office, which data, and what for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.claims.choices import Capacity
from soyol.claims.queries.holding import current_holds
from soyol.registry.models import Actor, Identity
from soyol.registry.queries.numbers import leading_to
from soyol.registry.rules import FIELDS
from soyol.registry.rules.reasons import ASKED_REGISTER
from soyol.sources.models import Sighting
from soyol.surveys.models import Submission

PER_PAGE = 50
#: Looks by which more than a screen was taken: what was done, and what for.
TAKEN = {
    "registry.list.export": (
        gettext_noop("Took the list of entries as a workbook"),
        gettext_noop("the list of people and organisations"),
    ),
    "registry.list.give_back": (
        gettext_noop("Made the list that goes back to its keeper"),
        gettext_noop("the list that goes back to its keeper"),
    ),
    "sources.batch.take_problems": (
        gettext_noop("Took the rows in trouble as a workbook"),
        gettext_noop("mending rows of a file"),
    ),
    "protection.loss.list": (
        gettext_noop("Listed whom a loss of data concerns"),
        gettext_noop("whom a loss of data concerns"),
    ),
    "surveys.list.export": (
        gettext_noop("Took answers to a survey as a workbook"),
        gettext_noop("answers to a survey"),
    ),
}
MESSAGES = "mail and text messages"
#: What else the audit keeps as purpose. What is neither here nor above, somebody wrote who asked for a hidden value.
PURPOSES = {
    "staff page of the entry": gettext_noop("the page of the entry"),
    "adding to the entry": gettext_noop("adding to the entry"),
    "pairs that wait for a person": gettext_noop("pairs that wait for a person"),
    "answers to a survey": gettext_noop("answers to a survey"),
    "correcting answers to a survey": gettext_noop("correcting answers to a survey"),
    "are the two one": gettext_noop("deciding whether two entries are the same"),
    "what lists say differently": gettext_noop("what lists say differently"),
    "what a lesson would change": gettext_noop("what a lesson would change"),
    "checking a sample": gettext_noop("checking a sample"),
    "list of people and organisations": gettext_noop("the list of people and organisations"),
    "is somebody here already": gettext_noop("looking whether somebody is here already"),
    "named on the page of an entry": gettext_noop("somebody else's page, on which they are named"),
    "rows of a file": gettext_noop("the rows of a file"),
    "checking whose an entry is": gettext_noop("checking whose an entry is"),
    "list of certificates": gettext_noop("the list of certificates"),
    "sheet of a certificate": gettext_noop("the sheet of a certificate"),
    "whom a loss of data concerns": gettext_noop("whom a loss of data concerns"),
    "requests of people about their data": gettext_noop("the requests of people about their data"),
    "noting what the entry agrees to": gettext_noop("noting what the entry agrees to"),
    "photograph of the entry": gettext_noop("the photograph of the entry"),
    "deciding a request": gettext_noop("deciding a request about their data"),
    "comparing answers to a survey with those on a device": gettext_noop(
        "comparing answers to a survey with those on a device"
    ),
    "accounts that are given back": gettext_noop("the list of accounts that are given back"),
    "giving an account back": gettext_noop("giving an account back"),
    MESSAGES: gettext_noop("mail and text messages to them"),
}
AS_OF = "the entry as of "
#: Model of the target → what was done.
LOOKED = {
    "registry.Actor": gettext_noop("Looked at your entry"),
    "sources.SourceRecord": gettext_noop("Looked at a row about you"),
    "sources.Batch": gettext_noop("Looked at rows of a file in which you stand"),
    "surveys.Submission": gettext_noop("Looked at your answers to a survey"),
    "claims.Claim": gettext_noop("Looked at what you sent to show that an entry is yours"),
    "accounts.User": gettext_noop("Looked at your account"),
}
#: Model of the target → which data, where the audit names pieces that say nothing to whoever reads this.
DATA = {
    "surveys.Submission": gettext_noop("your answers"),
    "surveys.Survey": gettext_noop("your answers"),
    "claims.Claim": gettext_noop("what you sent"),
    "accounts.User": gettext_noop("your account"),
}
#: Pieces of data that are no field of the registry.
PIECES = {
    "choices": gettext_noop("what you agreed to"),
    "evidence": gettext_noop("what you sent"),
    "list": gettext_noop("the whole list"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One look, in words of the reader's language; ``number`` is that of its entry in the audit."""

    number: int
    logtime: datetime
    action: str
    receiver: str
    fields: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of looks, newest first; ``count`` is how many there are on all ``pages``."""

    looks: tuple[Look, ...]
    count: int
    page: int
    pages: int


def looks(actor: Actor, *, page: int = 1, per_page: int = PER_PAGE) -> Looks:
    """The looks that concern ``actor``, newest first; a page beyond the last is the last. Eight queries, however many.

    An entry that became one with another has none of its own: ask for the one that it leads to.
    """
    pages = Paginator(concerning(actor), per_page).get_page(page)
    return Looks(tuple(map(_told, pages)), pages.paginator.count, pages.number, pages.paginator.num_pages)


def concerning(actor: Actor) -> QuerySet[Entry]:
    """The entries of the audit that are looks at data of ``actor``, newest first. Six queries to say which.

    - At its number, or one that leads to it; at another number, while a row that is now its own stood behind that one.
    - At files in which a row of it stands, also from before the row was in the registry; at its rows themselves.
    - At its answers to surveys, and at all answers to a survey once its own were among them.
    - At what the person sent to show that the entry is theirs, and at their account, while nobody else says the same.
    """
    numbers = leading_to(actor)
    records = list(_records(numbers))
    targets = {f"registry.Actor:{number}" for number in numbers.values()}
    targets |= {f"sources.SourceRecord:{record}" for record in records}
    files = Sighting.objects.filter(record__in=records).values_list("batch_id", flat=True)
    targets |= {f"sources.Batch:{batch}" for batch in files.distinct()}
    targets |= _of_holder(numbers)
    found = Q()
    for submission, code, since in _submissions(records):
        targets.add(f"surveys.Submission:{submission}")
        found |= Q(target=f"surveys.Survey:{code}", at__gte=since)
    for number, since, until in _elsewhere(records, numbers):
        ended = Q() if until is None else Q(at__lt=until)
        found |= ended & Q(target=f"registry.Actor:{number}", at__gte=since)
    return Entry.objects.filter(found | Q(target__in=targets), kind=EntryKind.LOOKED).order_by("-pk")


def _records(actors: Iterable[int]) -> QuerySet[Identity, int]:
    """Rows that are about one of ``actors`` now, or were last before a newer row or nobody took their place."""
    later = Identity.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    last = Identity.objects.filter(~Exists(later), actor__in=list(actors))
    return last.order_by("record_id").values_list("record_id", flat=True)


def _submissions(records: list[int]) -> QuerySet[Submission, tuple[int, str, datetime]]:
    sent = Submission.objects.filter(record__in=records).order_by("pk")
    return sent.values_list("pk", "survey__code", "received_at")


def _of_holder(actors: Iterable[int]) -> set[str]:
    holds = current_holds().filter(actor__in=list(actors), capacity=Capacity.SELF)
    told = list(holds.values_list("claim_id", "user_id"))
    if len({user for _claim, user in told}) > 1:
        return set()
    return {f"claims.Claim:{claim}" for claim, _user in told} | {f"accounts.User:{user}" for _claim, user in told}


def _elsewhere(records: list[int], actors: Iterable[int]) -> QuerySet[Identity, tuple[str, datetime, datetime | None]]:
    """Under which other numbers rows stood, from when to when."""
    before = Identity.objects.filter(record__in=records).exclude(actor__in=list(actors)).order_by("pk")
    return before.values_list("actor__number", "valid_from", "valid_to")


def _told(entry: Entry) -> Look:
    model, told = entry.target.partition(":")[0], entry.told
    purpose = str(told["purpose"])
    return Look(
        number=entry.pk,
        logtime=entry.at,
        action=_action(model, purpose),
        receiver=entry.on_behalf or _("the office that keeps the registry"),
        fields=_data(model, purpose, told["fields"]),
        purpose=purpose_words(purpose),
    )


def _action(model: str, purpose: str) -> str:
    if purpose in TAKEN:
        return _(TAKEN[purpose][0])
    if purpose == MESSAGES:
        return _("Looked at messages to you")
    if purpose.startswith(ASKED_REGISTER):
        return _("Asked a register of the state about you")
    asked = purpose not in PURPOSES and not purpose.startswith(AS_OF)
    return _("Looked at a hidden value in clear") if asked else _(LOOKED[model])


def _data(model: str, purpose: str, fields: Iterable[str]) -> tuple[str, ...]:
    if purpose == MESSAGES:
        return (_("messages to you"),)
    return (_(DATA[model]),) if model in DATA else tuple(map(field_words, fields))


def field_words(code: str) -> str:
    """What a field or another piece of data is called."""
    if code in PIECES:
        return _(PIECES[code])
    return FIELDS[code].label() if code in FIELDS else code


def purpose_words(purpose: str) -> str:
    """What a look was for; a reason that somebody wrote stays as they wrote it."""
    if purpose.startswith(AS_OF):
        return _("the entry as of %(day)s") % {"day": _day(purpose.removeprefix(AS_OF))}
    if purpose in TAKEN:
        return _(TAKEN[purpose][1])
    if purpose.startswith(ASKED_REGISTER):
        return purpose.removeprefix(ASKED_REGISTER)
    return _(PURPOSES[purpose]) if purpose in PURPOSES else purpose


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
