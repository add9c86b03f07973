"""Which rows of a file are about somebody who was erased: known by keyed hashes, never by values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from soyol.fields import blind_index
from soyol.sources.models import ErasedRow
from soyol.sources.queries.keys import identity_of
from soyol.sources.queries.ledger import Ledger

if TYPE_CHECKING:
    from soyol.sources.queries.staging import StagedFile

#: What tells two people of one name apart; a row that has none of these is told by its name alone.
TELLING = ("birth_date", "founded", "phones", "emails", "person_number", "company_number")
NUMBERS = ("person_number", "company_number")


def digest_of(source: int, mark: str) -> str:
    """The keyed hash of one mark in one list."""
    return blind_index(f"{source}:{mark}", "sources.erased")[:32]


def digests(source: int, identity_key: str, values: Mapping[str, Any]) -> set[str]:
    """Everything by which a row that says ``values`` is known again, also when it was changed."""
    return {digest_of(source, mark) for mark in (*_marks(values), f"row:{identity_key}")}


def _marks(values: Mapping[str, Any]) -> Iterator[str]:
    name = _name(values)
    told = [(field, text) for field in TELLING for text in _texts(values.get(field))]
    for field, text in told:
        if field in NUMBERS:
            yield f"number:{text}"
        elif name:
            yield f"{name}|{text}"
    if name and not told:
        yield f"alone:{name}"


def _name(values: Mapping[str, Any]) -> str:
    parts = [values.get("name")] if values.get("name") else [values.get("surname"), values.get("given_name")]
    text = " ".join(str(part) for part in parts if part) or str(values.get("org_name") or "")
    return " ".join(sorted(text.casefold().split()))


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list | tuple) else [value]
    return [str(each).casefold() for each in found if each not in (None, "")]


def answer_key(source: int, key: str) -> str:
    """What tells a set of answers, kept under ``key``, from the other rows of a survey's list."""
    return blind_index(f"{source}:{key}", "sources.identity")[:32]


def erased_answers(source: int, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> set[str]:
    """Of sets of answers (the key under which they are kept, and their values): keys of those about somebody who was
    erased out of the survey's list.
    """
    known = _known(source)
    return {key for key, values in answers if known & digests(source, answer_key(source, key), values)}


def anybody_erased(source: int) -> bool:
    """Whether anybody was erased out of a list at all."""
    return ErasedRow.objects.filter(source_id=source).exists()


def was_erased(values: Mapping[str, Any]) -> bool:
    """Whether somebody of whom ``values`` tell was erased out of any list: for what is typed in. Two queries."""
    marks = list(_marks(values))
    sources = ErasedRow.objects.order_by("source_id").values_list("source_id", flat=True).distinct()
    wanted = [digest_of(source, mark) for source in sources for mark in marks]
    return bool(wanted) and ErasedRow.objects.filter(digest__in=wanted).exists()


def _known(source: int) -> set[str]:
    return set(ErasedRow.objects.filter(source_id=source).values_list("digest", flat=True))


def erased_rows(file: "StagedFile") -> frozenset[int]:
    """Numbers of the rows of a file that are left out: one query where nobody was erased out of this list."""
    source = file.source.pk
    known = _known(source)
    if not known:
        return frozenset()
    with Ledger(file.room, "erased") as ledger:
        return frozenset(
            row.row
            for row in file.rows()
            if known & digests(source, identity_of(row.key, ledger.times(row.key)), row.values)
        )
