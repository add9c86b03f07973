"""What can be done in the registry. Identities, statements and what is shown change through these only."""

from soyol.registry.actions.batches import withdraw_batch
from soyol.registry.actions.bulk import BulkRow, bulk_load
from soyol.registry.actions.by_hand import MayBeHere, add_by_hand, state_by_hand
from soyol.registry.actions.confirming import confirm
from soyol.registry.actions.conflicts import believe, choose_value, end_belief, leave_both
from soyol.registry.actions.consenting import AtDesk, choose_consent, write_first_texts, write_text
from soyol.registry.actions.deciding import (
    Decided,
    ask_colleague,
    decide,
    decide_together,
    give_back_question,
    hold,
    take_back,
)
from soyol.registry.actions.directory import rebuild_directory, refresh, refresh_stale
from soyol.registry.actions.documents import check_shown
from soyol.registry.actions.exchanging import Asked, ask_register
from soyol.registry.actions.exports import give_back, write_export
from soyol.registry.actions.filters import drop_filter, save_filter
from soyol.registry.actions.identity import keep_apart, merge, split, undo
from soyol.registry.actions.judging import judge
from soyol.registry.actions.memberships import add_membership, end_membership, take_back_membership
from soyol.registry.actions.revealing import reveal
from soyol.registry.actions.runs import run_linkage
from soyol.registry.actions.sampling import check, draw_sample
from soyol.registry.actions.stakes import add_stake, end_stake
from soyol.registry.actions.teaching import accept_lesson, discard_lesson, propose_lesson
from soyol.registry.actions.work import (
    start_export,
    start_give_back,
    start_lesson,
    start_linkage,
    start_renewal,
    start_withdraw,
)

__all__ = [
    "Asked",
    "AtDesk",
    "BulkRow",
    "Decided",
    "MayBeHere",
    "accept_lesson",
    "add_by_hand",
    "add_membership",
    "add_stake",
    "ask_colleague",
    "ask_register",
    "believe",
    "bulk_load",
    "check",
    "check_shown",
    "choose_consent",
    "choose_value",
    "confirm",
    "decide",
    "decide_together",
    "discard_lesson",
    "draw_sample",
    "drop_filter",
    "end_belief",
    "end_membership",
    "end_stake",
    "give_back",
    "give_back_question",
    "hold",
    "judge",
    "keep_apart",
    "leave_both",
    "merge",
    "propose_lesson",
    "rebuild_directory",
    "refresh",
    "refresh_stale",
    "reveal",
    "run_linkage",
    "save_filter",
    "split",
    "start_export",
    "start_give_back",
    "start_lesson",
    "start_linkage",
    "start_renewal",
    "start_withdraw",
    "state_by_hand",
    "take_back",
    "take_back_membership",
    "undo",
    "withdraw_batch",
    "write_export",
    "write_first_texts",
    "write_text",
]
