"""What can be done with lists and their files."""

from soyol.sources.actions.answers import AnswerRow, record_answers
from soyol.sources.actions.by_hand import end_rows, hand_source, record_by_hand
from soyol.sources.actions.checking import dry_run
from soyol.sources.actions.importing import abandon_import, import_batch
from soyol.sources.actions.lists import change_source, create_source
from soyol.sources.actions.mending import write_mending
from soyol.sources.actions.reading import read_batch
from soyol.sources.actions.receiving import AlreadyReceived, receive, set_mapping
from soyol.sources.actions.withdrawing import withdraw
from soyol.sources.actions.work import start_dry_run, start_import, start_mending, start_reading

__all__ = [
    "AlreadyReceived",
    "AnswerRow",
    "abandon_import",
    "change_source",
    "create_source",
    "dry_run",
    "end_rows",
    "hand_source",
    "import_batch",
    "read_batch",
    "receive",
    "record_answers",
    "record_by_hand",
    "set_mapping",
    "start_dry_run",
    "start_import",
    "start_mending",
    "start_reading",
    "withdraw",
    "write_mending",
]
