"""What a state's sign-in must do for us, what it proves, and how it fails."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

#: How sure a proof is: the state itself told it, from its registers, with the person's consent.
STATE_EXCHANGE = "state exchange"


@dataclass(frozen=True, slots=True, repr=False)
class Proven:
    """Who somebody is, as the state told it. Its text names nobody, so that no log can."""

    national_number: str
    surname: str
    given_name: str
    birth_date: date | None
    provider: str
    at: datetime
    level: str = STATE_EXCHANGE

    def __repr__(self) -> str:
        return f"<Proven by {self.provider} at {self.at:%Y-%m-%d %H:%M}>"


class StateSignIn(Protocol):
    """A state's sign-in."""

    @property
    def name(self) -> str:
        """What the provider is called in settings, audit and proofs."""

    def address(self, *, state: str, redirect_uri: str) -> str:
        """Where the browser goes to sign in there; it comes back to ``redirect_uri`` with ``state`` and a code."""

    def proof(self, *, code: str, redirect_uri: str) -> Proven:
        """Who the code is for; works once. Raises ProofFailed."""


class ProofFailed(Exception):
    """Nothing was proven. ``code`` is for pages; the text of it holds no values."""

    code = "wrong_answer"


class Cancelled(ProofFailed):
    """The person, or the provider for them, said no."""

    code = "cancelled"


class TimedOut(ProofFailed):
    """The provider did not answer in time, or was not reached."""

    code = "timed_out"


class WrongAnswer(ProofFailed):
    """The provider answered with something that proves nothing."""

    code = "wrong_answer"


class Forged(ProofFailed):
    """What came back does not belong to what was begun in this browser, or came back before."""

    code = "forged"
