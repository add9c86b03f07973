"""From identities and statements to candidates for the policy: one query, whatever the number of actors."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from soyol.registry.choices import FieldClass
from soyol.registry.masking import without_numbers
from soyol.registry.models import Identity, Statement, TrustRule
from soyol.registry.packing import pack
from soyol.registry.rules import Candidate, field_class
from soyol.registry.rules.believing import Believed, believed, marked
from soyol.sources.choices import UNCHECKED
from soyol.sources.models import SourceRecord

#: Fields whose spellings in several scripts are one value when their Latin keys are equal.
NAMES = frozenset({"name", "given_name", "surname", "stage_name", "org_branch", "employer", "director", "founder"})

#: Enough to tell which records may be public: every record states a name.
SAID_BY_ALL = frozenset({"consent", "name"})

COLUMNS = (
    "actor_id", "record_id", "record__kind", "record__source_id", "record__listed", "record__source__trust",
    "record__statements__pk", "record__statements__field", "record__statements__value", "record__statements__sealed",
    "record__statements__trust", "record__statements__standing", "record__statements__observed_on",
    "record__source__is_survey", "actor__profile", "record__source__code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A candidate together with the record it stands on.

    ``answered``: the record is an answer to a survey. ``own``: what the actor chose of being shown; None: nothing.
    ``unchecked``: somebody enrolled so, and nobody has made sure yet that it is them.
    """

    actor: int
    kind: str
    candidate: Candidate
    answered: bool = False
    own: bool | None = None
    unchecked: bool = False


def current_identities(at: datetime | None = None) -> QuerySet[Identity]:
    """Identities valid now, or at the instant ``at``."""
    if at is None:
        return Identity.objects.filter(valid_to__isnull=True)
    return Identity.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)


def without_identity() -> QuerySet[SourceRecord]:
    """Live records that nobody stands behind yet."""
    behind = Identity.objects.filter(record=OuterRef("pk"), valid_to__isnull=True)
    return SourceRecord.objects.filter(~Exists(behind), live=True)


def stated(
    actors: Collection[int],
    fields: Collection[str] | None = None,
    at: datetime | None = None,
    believed: Believed | None = None,
) -> dict[int, list[Stated]]:
    """Everything that the records of ``actors`` state about ``fields`` (None: all), by actor. One query, and one for
    which list is believed before which where ``believed`` does not say it.

    National numbers in free text are masked here, for whoever shows, finds or takes along what is stated.
    """
    # One filter call: a second one would join the statements a second time and give every value many times over.
    if at is None:
        standing = Q(record__statements__recorded_to__isnull=True, record__statements__isnull=False)
    else:
        still = Q(record__statements__recorded_to__isnull=True) | Q(record__statements__recorded_to__gt=at)
        standing = still & Q(record__statements__recorded_from__lte=at)
    if fields is not None:
        standing &= Q(record__statements__field__in=fields)
    rows = current_identities(at).filter(standing, actor_id__in=actors)
    # In the order in which it was stated: else the words of an entry would depend on how a database likes to read.
    made = [_stated(row) for row in rows.order_by("record__statements__pk").values_list(*COLUMNS)]
    found: dict[int, list[Stated]] = {actor: [] for actor in actors}
    texts = without_numbers([(each.candidate.field, each.candidate.value) for each in made])
    for each, text in zip(made, texts, strict=True):
        same = text == each.candidate.value
        found[each.actor].append(each if same else replace(each, candidate=replace(each.candidate, value=text)))
    return _marked(found, beliefs(at) if believed is None else believed)


def beliefs(at: datetime | None = None) -> Believed:
    """Which list is believed before which, now or at the instant ``at``."""
    rules = TrustRule.objects.all()
    if at is None:
        rules = rules.filter(ended_at__isnull=True)
    else:
        rules = rules.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), at__lte=at)
    return believed(rules.values_list("field", "better_id", "worse_id"))


def _marked(found: dict[int, list[Stated]], told: Believed) -> dict[int, list[Stated]]:
    if not told:
        return found
    return {
        actor: [
            replace(each, candidate=candidate)
            for each, candidate in zip(rows, marked([row.candidate for row in rows], told), strict=True)
        ]
        for actor, rows in found.items()
    }


def _stated(
    row: tuple[
        int, int, str, int, bool, int, int, str, str | None, str | None, int, int, date | None, bool, bool | None, str
    ],
) -> Stated:
    actor, record, kind, source, listed, _, pk, field, plain, sealed, trust, standing, observed, answered, own, code = (
        row
    )
    value = plain if plain is not None else str(sealed)
    made = Candidate(field, value, pk, record, source, standing, listed, trust, observed)
    return Stated(actor, kind, made, answered, own, unchecked=code == UNCHECKED.code)


def with_name_keys(all_stated: Iterable[Stated]) -> list[Stated]:
    """The same, with names keyed by the pack, so that two spellings of one name do not count as disagreement."""
    import polars as pl

    rows = list(all_stated)
    names = [each.candidate.value for each in rows if each.candidate.field in NAMES]
    if not names:
        return rows
    keys = iter(pack().scripts.latin_key(pl.Series("name", names, dtype=pl.String)).to_list())
    return [
        replace(each, candidate=replace(each.candidate, key=next(keys) or each.candidate.value.casefold()))
        if each.candidate.field in NAMES
        else each
        for each in rows
    ]


def consenting_records(rows: Iterable[Stated]) -> frozenset[int]:
    """Records whose values may be public. What the actor chose for themselves holds, whatever lists say.

    Without a choice those with consent, unless a "no" is as new as the newest "yes". A "no" without a date always wins:
    whoever said no last, or at a time nobody knows, is believed. An answer to a survey is never opened by a choice made
    elsewhere: anybody could have written it.
    """
    rows = list(rows)
    own = rows[0].own if rows else None
    if own is not None:
        return frozenset(each.candidate.record for each in rows if own and not each.answered)
    consents = [each.candidate for each in rows if each.candidate.field == "consent"]
    given = [each for each in consents if each.value == "yes"]
    refused = [each for each in consents if each.value == "no"]
    if not given:
        return frozenset()
    newest = max((each.observed_on or date.min) for each in given)
    if any(each.observed_on is None or each.observed_on >= newest for each in refused):
        return frozenset()
    return frozenset(each.record for each in given)


def for_everybody(kind: str, rows: list[Stated]) -> list[Stated]:
    """What of ``rows`` the public face may use; empty means that the actor has no public face.

    Nobody comes before the public by a stranger's word alone: not what was enrolled and not checked yet, and not whom
    only answers to surveys name, unless they agreed to be shown.
    """
    consenting = consenting_records(rows)
    seen = [
        each
        for each in rows
        if not each.unchecked
        and (
            (who := field_class(each.candidate.field, kind)) == FieldClass.PUBLIC
            or (who == FieldClass.CONSENT and each.candidate.record in consenting)
        )
    ]
    return seen if any(not each.answered or each.candidate.record in consenting for each in seen) else []


def statements_of_records(records: Collection[int]) -> QuerySet[Statement]:
    """Current statements of records, in the order in which they were written."""
    return Statement.objects.filter(record_id__in=records, recorded_to__isnull=True).order_by("pk")
