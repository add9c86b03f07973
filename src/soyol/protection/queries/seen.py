"""What an account saw in a window, by the audit: whose data, and which fields."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.claims.models import Claim
from soyol.notices.models import Message
from soyol.protection.queries.held import ACCOUNT, PART, People, Told, Whose
from soyol.protection.rules import Window
from soyol.sources.models import Sighting
from soyol.surveys.models import Submission

#: Kind under which it is told.
SEEN = "seen"


def seen_by(people: People, account: int, window: Window) -> Told:
    """Everybody at whose data the account looked from ``since`` until ``until``, with the fields that each look names.

    A look at a file is one at everybody who stands in it, one at all answers to a survey at everybody who had answered.
    """
    entries = Entry.objects.filter(
        actor_id=str(account), kind=EntryKind.LOOKED, at__gte=window.since, at__lt=window.until
    )
    for entry in entries.order_by("pk").iterator(chunk_size=PART):
        fields = entry.told.get("fields", [])
        for whose in dict.fromkeys(_at(people, entry)):
            for field in fields:
                yield whose, str(field), 1


def _at(people: People, entry: Entry) -> Iterator[Whose]:
    model, _colon, number = entry.target.partition(":")
    direct = people.target(entry.target)
    found: Iterable[Whose | None] = [direct]
    if model == "sources.SourceRecord" and number.isdecimal():
        found = [people.behind(int(number))]
    elif model == "sources.Batch" and number.isdecimal():
        rows = Sighting.objects.filter(batch=int(number)).values_list("record_id", flat=True)
        found = map(people.behind, rows.iterator(chunk_size=PART))
    elif model.startswith("surveys."):
        found = map(people.behind, _answers(model, number, entry))
    elif model == "claims.Claim":
        found = [people.entry(actor) or (ACCOUNT, user) for actor, user in _claims(number)]
    elif model == "notices.Message" and number.isdecimal():
        found = map(people.target, Message.objects.filter(pk=int(number)).values_list("about", flat=True))
    elif entry.target == "accounts":
        found = [(ACCOUNT, pk) for pk in User.objects.filter(joined_at__lt=entry.at).values_list("pk", flat=True)]
    return (whose for whose in found if whose is not None)


def _answers(model: str, number: str, entry: Entry) -> Iterable[int]:
    sent = Submission.objects.filter(received_at__lt=entry.at)
    if model == "surveys.Survey":
        return sent.filter(survey__code=number).values_list("record_id", flat=True)
    return sent.filter(pk=int(number) if number.isdecimal() else 0).values_list("record_id", flat=True)


def _claims(number: str) -> list[tuple[int | None, int]]:
    try:
        return list(Claim.rows().filter(pk=number).values_list("actor_id", "user_id"))
    except (ValueError, ValidationError):  # a target is text, and nothing holds it to what can be a key
        return []
