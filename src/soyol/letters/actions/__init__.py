"""What is done with letters to many."""

from soyol.letters.actions.asking import ASK, answer, ask, start_asking
from soyol.letters.actions.ending import end_letters
from soyol.letters.actions.sending import SEND, go_on, release, stop
from soyol.letters.actions.writing import Written, change, count, write

__all__ = [
    "ASK",
    "SEND",
    "Written",
    "answer",
    "ask",
    "change",
    "count",
    "end_letters",
    "go_on",
    "release",
    "start_asking",
    "stop",
    "write",
]
