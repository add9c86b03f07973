"""What was held about whom in a window: kinds of data, each with a function that tells people and fields.

Whose a row of a list is follows from where it stands now, as for looks (``rights.queries.looks``). What has gone since
cannot be told any more, nor what was changed without history; both are counted as they are now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.certificates.models import Certificate
from soyol.claims.models import Claim
from soyol.letters.models import Asking, Delivery
from soyol.notices.models import Message
from soyol.profiles.models import Profile
from soyol.protection.rules import Window
from soyol.registry.choices import ActorKind, Face
from soyol.registry.models import Actor, Confirmation, ConsentChoice, DirectoryEntry, Identity, Membership, Stake
from soyol.rights.models import Request
from soyol.sources.models import Sighting, SourceRecord
from soyol.surveys.models import Submission

#: An entry or an account, by its id.
Whose = tuple[str, int]
#: Somebody, a field, and how many values.
Told = Iterator[tuple[Whose, str, int]]
ENTRY, ACCOUNT = "entry", "account"
#: Organisations are public; what is lost about them concerns nobody.
PEOPLE = frozenset({ActorKind.PERSON, ActorKind.GROUP})
PART = 5_000


class People:
    """Everybody there is, asked for once: whose a row is, and under which entry somebody is found now."""

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Public number → the entry that it leads to."""
        told = Actor.objects.values_list("number", "pk").iterator(chunk_size=PART)
        return {number: self.end(pk) for number, pk in told}

    @cached_property
    def of_records(self) -> dict[int, int]:
        """Row of a list → the entry behind which it stands, or stood last."""
        later = Identity.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
        last = Identity.objects.filter(~Exists(later)).values_list("record_id", "actor_id")
        return {record: self.end(actor) for record, actor in last.iterator(chunk_size=PART)}

    @cached_property
    def merged(self) -> dict[int, int]:
        """Entry that became one with another → that other."""
        return dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))

    @cached_property
    def persons(self) -> set[int]:
        """People and informal groups."""
        return set(Actor.objects.filter(kind__in=PEOPLE).values_list("pk", flat=True).iterator(chunk_size=PART))

    def end(self, actor: int) -> int:
        """The entry where somebody is found now."""
        seen: set[int] = set()
        while actor in self.merged and actor not in seen:
            seen.add(actor)
            actor = self.merged[actor]
        return actor

    def entry(self, actor: int | None) -> Whose | None:
        """Somebody by the id of an entry; None for nobody, and for organisations."""
        found = None if actor is None else self.end(actor)
        return (ENTRY, found) if found is not None and found in self.persons else None

    def behind(self, record: int) -> Whose | None:
        """Whose a row is."""
        return self.entry(self.of_records.get(record))

    def target(self, target: str) -> Whose | None:
        """Somebody as the audit writes it: ``registry.Actor:A000000123`` or ``accounts.User:12``."""
        model, _colon, number = target.partition(":")
        if model == "registry.Actor":
            return self.entry(self.numbers.get(number))
        return (ACCOUNT, int(number)) if model == "accounts.User" and number.isdecimal() else None


def _values(people: People, window: Window) -> Told:
    """Values of lists that counted in the window: by entry and field, counted by the database."""
    later = Identity.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    here = Identity.objects.filter(~Exists(later)).filter(
        Q(record__statements__recorded_to__isnull=True) | Q(record__statements__recorded_to__gte=window.since),
        record__statements__recorded_from__lt=window.until,
    )
    told = here.values_list("actor_id", "record__statements__field").annotate(n=Count("record__statements"))
    for actor, field, count in told.order_by().iterator(chunk_size=PART):
        if whose := people.entry(actor):
            yield whose, field, count


def _rows(people: People, window: Window) -> Told:
    rows = SourceRecord.objects.filter(batch__received_at__lt=window.until).exclude(identity_key="")
    for record in rows.values_list("pk", flat=True).iterator(chunk_size=PART):
        if whose := people.behind(record):
            yield whose, "row", 1


def _files(people: People, window: Window) -> Told:
    kept = Sighting.objects.filter(batch__file__isnull=False, batch__received_at__lt=window.until)
    for record, count in kept.values_list("record_id").annotate(n=Count("batch", distinct=True)).order_by().iterator():
        if whose := people.behind(record):
            yield whose, "file", count


def _ties(people: People, window: Window) -> Told:
    open_then = Q(recorded_to__isnull=True) | Q(recorded_to__gte=window.since)
    for record in Membership.objects.filter(open_then, recorded_from__lt=window.until).values_list(
        "member_record_id", flat=True
    ):
        if whose := people.behind(record):
            yield whose, "tie", 1


def _answers(people: People, window: Window) -> Told:
    sent = Submission.objects.filter(received_at__lt=window.until).exclude(content_hash="")
    for record in sent.values_list("record_id", flat=True).iterator(chunk_size=PART):
        if whose := people.behind(record):
            yield whose, "answers", 1


def _directory(people: People, window: Window) -> Told:
    shown = DirectoryEntry.objects.filter(face=Face.STAFF, actor__created_at__lt=window.until)
    for actor in shown.values_list("actor_id", flat=True).iterator(chunk_size=PART):
        if whose := people.entry(actor):
            yield whose, "line", 1


def _profiles(people: People, window: Window) -> Told:
    written = Profile.rows().filter(written_at__lt=window.until)
    for actor in written.values_list("actor_id", flat=True):
        if whose := people.entry(actor):
            yield whose, "own_words", 1


def _claims(people: People, window: Window) -> Told:
    for actor, user, document in (
        Claim.rows().filter(made_at__lt=window.until).values_list("actor_id", "user_id", "document_id")
    ):
        whose = people.entry(actor) or (ACCOUNT, user)
        yield whose, "claim", 1
        if document is not None:
            yield whose, "document", 1


def _requests(people: People, window: Window) -> Told:
    made = Request.rows().filter(made_at__lt=window.until).annotate(files=Count("evidence"))
    for actor, user, files in made.values_list("actor_id", "user_id", "files"):
        whose = people.entry(actor) or (ACCOUNT, user)
        yield whose, "request", 1
        if files:
            yield whose, "document", files


def _messages(people: People, window: Window) -> Told:
    sent = Message.objects.filter(made_at__lt=window.until).exclude(about="")
    for about, addresses, texts in (
        (
            sent.values_list("about").annotate(
                addresses=Count("address_digest", filter=~Q(address_digest="")), n=Count("pk")
            )
        )
        .order_by()
        .iterator(chunk_size=PART)
    ):
        if whose := people.target(about):
            yield whose, "message", texts
            if addresses:
                yield whose, "address", addresses


def _letters(people: People, window: Window) -> Told:
    for rows in (Delivery.objects.filter(at__lt=window.until), Asking.objects.filter(asked_at__lt=window.until)):
        for actor in rows.values_list("actor_id", flat=True).order_by().iterator(chunk_size=PART):
            if whose := people.entry(actor):
                yield whose, "letter", 1


def _certificates(people: People, window: Window) -> Told:
    issued = Certificate.objects.filter(issued_at__lt=window.until, forgotten_at__isnull=True)
    for actor in issued.values_list("actor_id", flat=True).order_by().iterator(chunk_size=PART):
        if whose := people.entry(actor):
            yield whose, "certificate", 1


def _consents(people: People, window: Window) -> Told:
    for rows in (ConsentChoice.objects.filter(at__lt=window.until), Confirmation.objects.filter(at__lt=window.until)):
        for actor in rows.values_list("actor_id", flat=True).order_by().iterator(chunk_size=PART):
            if whose := people.entry(actor):
                yield whose, "choice", 1


def _stakes(people: People, window: Window) -> Told:
    for actor in Stake.objects.filter(recorded_at__lt=window.until).values_list("actor_id", flat=True):
        if whose := people.entry(actor):
            yield whose, "stake", 1


def _accounts(people: People, window: Window) -> Told:
    for user in User.objects.filter(joined_at__lt=window.until, is_sample=False).values_list("pk", flat=True):
        yield (ACCOUNT, user), "account_name", 1
        yield (ACCOUNT, user), "account_address", 1


def _log(people: People, window: Window) -> Told:
    told = Entry.objects.filter(kind=EntryKind.LOOKED, at__lt=window.until)
    told = told.filter(Q(target__startswith="registry.Actor:") | Q(target__startswith="accounts.User:"))
    for target, count in told.values_list("target").annotate(n=Count(F("pk"))).order_by().iterator(chunk_size=PART):
        if whose := people.target(target):
            yield whose, "look", count


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data that may be lost: what it is, the tables in which it stands, and who is told about it."""

    code: str
    what: str
    models: tuple[str, ...]
    told: Callable[[People, Window], Told]

    def label(self) -> str:
        """What it is, in the reader's language."""
        return _(self.what)


KINDS: tuple[Kind, ...] = (
    Kind("values", gettext_noop("values of entries"), ("registry.Statement",), _values),
    Kind("rows", gettext_noop("rows of lists as they came"), ("sources.SourceRecord", "sources.RecordProblem"), _rows),
    Kind("files", gettext_noop("files of lists that are kept"), ("sources.Batch", "files.StoredFile"), _files),
    Kind(
        "directory",
        gettext_noop("lines of the directory as officers see them"),
        ("registry.DirectoryEntry", "registry.SearchToken", "registry.Posting"),
        _directory,
    ),
    Kind("ties", gettext_noop("where people belong"), ("registry.Membership",), _ties),
    Kind("answers", gettext_noop("answers to surveys"), ("surveys.Submission", "surveys.AnswerFile"), _answers),
    Kind("profiles", gettext_noop("own words and photographs"), ("profiles.Profile", "profiles.Photo"), _profiles),
    Kind("certificates", gettext_noop("certificates"), ("certificates.Certificate",), _certificates),
    Kind(
        "consents",
        gettext_noop("what people agreed to and confirmed"),
        ("registry.ConsentChoice", "registry.Confirmation"),
        _consents,
    ),
    Kind("stakes", gettext_noop("money, awards and offices"), ("registry.Stake",), _stakes),
    Kind("claims", gettext_noop("claims to entries and their documents"), ("claims.Claim", "claims.Hold"), _claims),
    Kind(
        "requests",
        gettext_noop("requests about their data, and what was sent with them"),
        ("rights.Request", "rights.Evidence", "rights.Step"),
        _requests,
    ),
    Kind("messages", gettext_noop("messages and their addresses"), ("notices.Message",), _messages),
    Kind("letters", gettext_noop("letters that they got"), ("letters.Delivery", "letters.Asking"), _letters),
    Kind(
        "accounts",
        gettext_noop("accounts with name and address"),
        ("accounts.User", "account.EmailAddress", "mfa.Authenticator"),
        _accounts,
    ),
    Kind("log", gettext_noop("who looked at them"), ("audit.Entry",), _log),
)
KIND_OF = {kind.code: kind for kind in KINDS}

#: Fields that are none of the registry → what they are called.
PIECES: dict[str, str] = {
    "row": gettext_noop("the whole row"),
    "file": gettext_noop("the row in a file"),
    "line": gettext_noop("name, place, year of birth and occupation"),
    "tie": gettext_noop("where they belong"),
    "answers": gettext_noop("answers"),
    "own_words": gettext_noop("own words, links and contacts"),
    "certificate": gettext_noop("what a certificate says"),
    "choice": gettext_noop("a yes or no"),
    "stake": gettext_noop("money, an award or an office"),
    "claim": gettext_noop("what they wrote"),
    "request": gettext_noop("what they asked"),
    "document": gettext_noop("a document"),
    "message": gettext_noop("a message"),
    "address": gettext_noop("the address of a message"),
    "letter": gettext_noop("that they got a letter"),
    "account_name": gettext_noop("name of the account"),
    "account_address": gettext_noop("e-mail address of the account"),
    "look": gettext_noop("that somebody looked"),
    "list": gettext_noop("the whole list"),
}
