"""How fast letters go, when a second officer is needed, the way out of letters, and what is refused."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from soyol.letters.choices import LetterState
from soyol.registry.rules import Refused as RegistryRefused
from soyol.registry.rules.refusals import REFUSALS as REGISTRY_REFUSALS

S = LetterState

#: Letters that go out in a minute, whatever number of them is being sent: mail servers take offence at more.
PER_MINUTE = 60
#: A letter to more people than this is released by somebody else than who wrote it.
ALONE = 500
#: Letters of a subject and of a text, as far as they are taken.
SUBJECT_LETTERS, TEXT_LETTERS = 150, 10_000
#: What may still be changed.
CHANGEABLE = frozenset({S.DRAFT, S.COUNTED})
#: From a state to those that may follow.
TRANSITIONS: dict[LetterState, frozenset[LetterState]] = {
    S.DRAFT: frozenset({S.DRAFT, S.COUNTED, S.STOPPED}),
    S.COUNTED: frozenset({S.DRAFT, S.COUNTED, S.SENDING, S.STOPPED}),
    S.SENDING: frozenset({S.SENT, S.STOPPED}),
    S.SENT: frozenset(),
    S.STOPPED: frozenset(),
}
#: Public addresses in letters; the last part is a secret.
END_PLACE, STILL_PLACE = "/letters/end/", "/letters/still/"

#: How long the link to say that everything is still right works.
LINK_WORKS = timedelta(days=60)
#: Nobody is asked again before so many days, and nobody of whom something newer is known.
ASK_DAYS = 365
#: Reminders in one such time, and how long after the letter before.
REMINDERS, REMIND_AFTER = 2, timedelta(days=21)

REFUSALS: dict[str, str] = {
    **REGISTRY_REFUSALS,
    "words_missing": gettext_noop("The letter has no text in “%(language)s”. Write it in all languages of the site."),
    "nobody_to_write_to": gettext_noop(
        "Nobody whom this filter finds can be written to. Widen it, or ask people to agree to be written to."
    ),
    "second_officer": gettext_noop(
        "This letter goes to %(n)d people. Above %(most)d somebody else than who wrote it last must release it. Ask a "
        "colleague who may write letters here."
    ),
    "short_too_long": gettext_noop(
        "The short text makes %(parts)d text messages, and at most %(most)d are sent. Shorten it."
    ),
    "reply_to_wrong": gettext_noop("“%(address)s” is no e-mail address. Write it as name@example.org."),
    "letter_state": gettext_noop("This letter is “%(state)s”, so this cannot be done with it. Look at the page again."),
    "link_over": gettext_noop("This link was used already or is too old. Sign in, or wait for the next letter."),
    "way_out_unknown": gettext_noop("This link is not whole. Copy all of it from the letter."),
}


class Refused(RegistryRefused):
    """An action about letters that the rules do not allow."""

    texts = REFUSALS


def needs_second(people: int) -> bool:
    """Whether a letter to so many people must be released by a second officer."""
    return people > ALONE


def room_left(last_minute: int) -> int:
    """How many may still go out now, with so many in the last minute."""
    return max(0, PER_MINUTE - last_minute)
