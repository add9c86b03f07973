"""What can be done with surveys and their answers."""

from soyol.surveys.actions.drafts import begin, digest_of, drop, save, sweep
from soyol.surveys.actions.importing import import_answers, look_through, receive_answers
from soyol.surveys.actions.sending import confirm, keep, send
from soyol.surveys.actions.surveys import Faulty, add_version, close, create_survey, publish
from soyol.surveys.actions.syncing import Carried, Differs, Synced, Unfit, sync

__all__ = [
    "Carried",
    "Differs",
    "Faulty",
    "Synced",
    "Unfit",
    "add_version",
    "begin",
    "close",
    "confirm",
    "create_survey",
    "digest_of",
    "drop",
    "import_answers",
    "keep",
    "look_through",
    "publish",
    "receive_answers",
    "save",
    "send",
    "sweep",
    "sync",
]
