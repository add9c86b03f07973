"""What people type in: new actors, and statements about those that are there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.directory import refresh
from soyol.registry.actions.identity import move, new_actors, open_change, set_states
from soyol.registry.actions.judging import write_judgements
from soyol.registry.actions.questions import ask
from soyol.registry.actions.settling import settle_chosen
from soyol.registry.actions.statements import write_proof, write_statements
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorKind, ActorState, ChangeKind, Standing, Verdict
from soyol.registry.models import Actor, Change
from soyol.registry.queries.likely import Likely
from soyol.registry.queries.shown import current_identities
from soyol.registry.rules import FIELDS, Refused
from soyol.registry.rules.levels import SHOWN_BY_DOCUMENT
from soyol.sources import actions as sources
from soyol.sources.choices import Hand
from soyol.sources.models import SourceRecord
from soyol.sources.queries.erased import was_erased


class MayBeHere(Exception):
    """Nothing was added, for ``likely`` entries may be meant."""

    def __init__(self, likely: Sequence[Likely]) -> None:
        super().__init__(f"{len(likely)} entries may be meant")
        self.likely = likely


@transaction.atomic
def add_by_hand(
    *,
    by: By,
    values: Mapping[str, Any],
    reason: str,
    unit: str | None = None,
    looking: Callable[[], Sequence[Likely]] | None = None,
    local: bool = False,
    hand: Hand | None = None,
    document: str = "",
) -> Actor:
    """Add an actor from what a person typed in; ``values`` are record columns with at least ``kind`` and ``name``.

    ``looking`` tells who may be meant; it is asked while nobody else can add anybody. ``local``: whoever adds sees the
    entries of some places only; ``hand``: the list of what people tell of themselves; ``document``: kind of the one
    that was seen, which proves what such a document shows. Raises ``MayBeHere``, and Refused where somebody else than
    they themselves brings back whoever was erased at their wish.
    """
    values = _checked({**values, **({"unit": unit} if unit else {})}, reason, needed=("kind", "name"))
    one_at_a_time()
    if hand is None and was_erased(values):
        raise Refused("erased_at_wish")
    if looking is not None and (likely := looking()):
        raise MayBeHere(likely)
    record = sources.record_by_hand(by=by, values=values, reason=reason, local=local, hand=hand)
    actor = new_actors([record.kind])[0]
    standing = Standing.VERIFIED if document else Standing.STATED
    _tie(by, actor, record, reason, _Checked(standing, document, SHOWN_BY_DOCUMENT[record.kind]))
    audit.record(by, "registry.actor.add", f"registry.Actor:{actor.number}", {"record": record.pk})
    return actor


@transaction.atomic
def state_by_hand(
    *,
    by: By,
    actor: Actor,
    values: Mapping[str, Any],
    reason: str,
    standing: int = 0,
    hand: Hand | None = None,
    document: str = "",
    checked: Collection[str] | None = None,
    instead_of: Hand | None = None,
) -> SourceRecord:
    """Add statements to an actor; nothing that lists say is overwritten. ``standing``: stated, verified or judged.

    ``instead_of``: rows of that hand cease to stand behind the actor, for this one says the same, and better known.

    ``document``: kind of the one that was seen; ``checked``: the fields that it shows (None: all that are stated).
    ``values`` are record columns; ``observed_on`` among them says when they were true (else today). The row is judged
    to be of this actor: a phone alone would match nobody, and the next run would make an entry of its own of it.
    """
    if actor.state != ActorState.ACTIVE:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    stated = _checked({**values, "kind": actor.kind}, reason, needed=())
    if not set(stated) - {"kind", "observed_on"}:
        raise Refused("value_missing", field=gettext("what is known"))
    gone = _rows_by(instead_of, actor) if instead_of is not None else []
    record = sources.record_by_hand(by=by, values=stated, reason=reason, hand=hand)
    sources.end_rows(gone)
    others = current_identities().filter(actor=actor).exclude(record__in=gone).values_list("record_id", flat=True)
    pairs = [(record.pk, other) for other in others]
    proof = _Checked(
        standing or (Standing.VERIFIED if document else Standing.STATED),
        document,
        stated if checked is None else checked,
        gone,
    )
    write_judgements(_tie(by, actor, record, reason, proof), pairs, Verdict.SAME)
    told = {"record": record.pk, "fields": sorted(values)}
    audit.record(by, "registry.actor.state", f"registry.Actor:{actor.number}", told)
    return record


@dataclass(frozen=True, slots=True)
class _Checked:
    """How sure the values of a row are, all of them or those of some ``fields``, and what it takes the place of."""

    standing: int
    document: str = ""
    fields: Collection[str] | None = None
    #: Rows that cease to stand behind the actor, for this one says the same.
    gone: Collection[int] = ()


def _rows_by(hand: Hand, actor: Actor) -> list[int]:
    rows = current_identities().filter(actor=actor, record__source__code=hand.code)
    return list(rows.values_list("record_id", flat=True))


def _tie(by: By, actor: Actor, record: SourceRecord, reason: str, proof: _Checked) -> Change:
    write_statements([record.pk], standing=proof.standing, checked=proof.fields)
    if proof.document:
        write_proof(by, record, on=timezone.localdate(), document=proof.document)
    change = open_change(ChangeKind.BY_HAND, by=by, reason=reason, detail={"actors": [actor.pk]})
    touched = move(change, {**dict.fromkeys(proof.gone), record.pk: actor.pk})
    set_states(change, touched, stale=False)
    if proof.standing == Standing.JUDGED:
        settle_chosen(by, actor, record.values, reason)
    refresh(touched)
    ask(sorted(touched))
    return change


def _checked(values: Mapping[str, Any], reason: str, *, needed: tuple[str, ...]) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("reason_missing")
    from soyol.linkage.schema import RECORD_COLUMNS

    accepted = {*RECORD_COLUMNS, *FIELDS}
    if unknown := sorted(set(values) - accepted):
        raise Refused("unknown_field", field=unknown[0], accepted=", ".join(sorted(accepted)))
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    for name in needed:
        if not str(kept.get(name, "")).strip():
            raise Refused("value_missing", field=FIELDS[name].label() if name in FIELDS else name)
    if "kind" in kept and kept["kind"] not in ActorKind.values:
        raise Refused("unknown_field", field=kept["kind"], accepted=", ".join(ActorKind.values))
    return kept
