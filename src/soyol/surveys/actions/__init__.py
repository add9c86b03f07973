"""What can be done with surveys and their answers."""

from soyol.surveys.actions.drafts import begin, digest_of, drop, save, sweep
from soyol.surveys.actions.importing import import_answers, look_through, receive_answers
from soyol.surveys.actions.sending import confirm, keep, send
from soyol.surveys.actions.surveys import Faulty, add_version, close, create_survey, publish

__all__ = [
    "Faulty",
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
]
