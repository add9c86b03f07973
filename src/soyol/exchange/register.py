"""What a register of the state must do for us, what it answers, and how asking it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """One person or one organisation, by number. ``code``: by which the person agreed, where the register wants that.

    Its text names nobody, so that no log can.
    """

    kind: str
    number: str
    code: str = ""

    def __repr__(self) -> str:
        return f"<Question about one {self.kind}>"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a register says. ``texts``: field of ``soyol.intake.fields`` → its words; what it does not tell is absent.

    ``has_ended``: the person died or the organisation was dissolved, also where the register tells no day.
    """

    register: str
    on: date
    texts: Mapping[str, str] = field(default_factory=dict)
    has_ended: bool = False

    def __repr__(self) -> str:
        return f"<Answer of {self.register} on {self.on:%Y-%m-%d}>"


class Register(Protocol):
    """A register of the state that can be asked over the network."""

    @property
    def name(self) -> str:
        """What it is called in settings and audit."""

    @property
    def tells(self) -> Mapping[str, tuple[str, ...]]:
        """Kind of an entry → fields of the registry that it may tell; others cannot be asked about."""

    def ask(self, question: Question) -> Answer:
        """What it says now. Raises ExchangeFailed. Takes seconds: never inside a transaction."""


class ExchangeFailed(Exception):
    """The register told nothing. ``code`` is for pages; the text of it holds no values of anybody."""

    code = "wrong_answer"


class Unreachable(ExchangeFailed):
    """It was not reached, or did not answer in time."""

    code = "unreachable"


class Denied(ExchangeFailed):
    """It does not let this site ask: token, key, clock or agreement."""

    code = "denied"


class NeedsConsent(ExchangeFailed):
    """It wants that the person agrees first."""

    code = "consent"


class NotThere(ExchangeFailed):
    """It knows nobody of this number."""

    code = "not_there"


class NumberWrong(ExchangeFailed):
    """What was asked with is no number."""

    code = "number_wrong"


class WrongAnswer(ExchangeFailed):
    """It answered with something that cannot be read."""

    code = "wrong_answer"


class Misconfigured(ExchangeFailed):
    """The key or the certificates of this site cannot be read: nothing was sent."""

    code = "misconfigured"
