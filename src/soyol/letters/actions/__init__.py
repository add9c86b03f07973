"""What is done with letters to many."""

from soyol.letters.actions.ending import end_letters
from soyol.letters.actions.sending import SEND, go_on, release, stop
from soyol.letters.actions.writing import Written, change, count, write

__all__ = ["SEND", "Written", "change", "count", "end_letters", "go_on", "release", "stop", "write"]
