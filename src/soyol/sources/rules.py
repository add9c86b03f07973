"""What may follow what, in which words trust is said, and how a refusal speaks."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol import fields
from soyol.sources.choices import BatchState

#: State → states that may follow. Re-reading sends an imported batch through mapping and checking again.
TRANSITIONS: dict[str, frozenset[str]] = {
    BatchState.RECEIVED: frozenset({BatchState.READ, BatchState.REFUSED, BatchState.WITHDRAWN}),
    BatchState.READ: frozenset({BatchState.READ, BatchState.MAPPED, BatchState.REFUSED, BatchState.WITHDRAWN}),
    BatchState.MAPPED: frozenset({BatchState.MAPPED, BatchState.CHECKED, BatchState.WITHDRAWN}),
    BatchState.CHECKED: frozenset({BatchState.MAPPED, BatchState.CHECKED, BatchState.IMPORTING, BatchState.WITHDRAWN}),
    BatchState.IMPORTING: frozenset(
        {BatchState.IMPORTING, BatchState.IMPORTED, BatchState.CHECKED, BatchState.WITHDRAWN}
    ),
    BatchState.IMPORTED: frozenset({BatchState.MAPPED, BatchState.WITHDRAWN}),
    BatchState.REFUSED: frozenset({BatchState.READ, BatchState.REFUSED, BatchState.WITHDRAWN}),
    BatchState.WITHDRAWN: frozenset(),
}

#: Why a file was withdrawn that was too old to be imported; kept as it is, and said in the reader's language.
NEVER_IMPORTED = gettext_noop("nobody imported it in time")

#: What a refusal says: what was refused, the value, the rule and the way out.
REFUSALS: dict[str, str] = {
    "already_received": gettext_noop(
        "This file is here already: “%(name)s” came on %(day)s, sent in by %(who)s. Nothing was changed. "
        "Open that file, or choose another one."
    ),
    "batch_state": gettext_noop(
        "The file “%(name)s” is %(state)s, so it cannot become %(wanted)s. Open its page to see the next step."
    ),
    "file_refused": gettext_noop("The file “%(name)s” cannot be read: %(why)s"),
    "no_mapping": gettext_noop(
        "The columns of “%(name)s” are not confirmed yet. Confirm them first; then check and import."
    ),
    "hand_source": gettext_noop("“%(name)s” collects entries made by hand and takes no files. Choose another source."),
    "survey_source": gettext_noop(
        "“%(name)s” collects answers to a survey. Take files with answers in on the page of the survey."
    ),
    "mended_rows": gettext_noop(
        "Rows of “%(name)s” were mended and came in as %(files)s. Withdraw those files first, then this one."
    ),
    "not_checked": gettext_noop(
        "“%(name)s” has not been looked through, so nobody knows which rows are to be mended. Start the dry run first."
    ),
    "keys_fixed": gettext_noop(
        "Rows of “%(name)s” are in already, and they are known by the columns chosen before them. Withdraw the files "
        "of the list first, then choose other columns."
    ),
    "reason_missing": gettext_noop("A reason is needed: write in a few words why."),
    "trust_range": gettext_noop("Trust must be a number from 0 to 100, but it is %(value)s."),
    "unknown_column": gettext_noop("“%(value)s” is not a column of a record. Choose one of: %(accepted)s."),
}

#: Lower bounds of the words for trust, highest first.
TRUST_WORDS: tuple[tuple[int, str], ...] = (
    (90, gettext_noop("official register")),
    (70, gettext_noop("kept with care")),
    (50, gettext_noop("usually right")),
    (25, gettext_noop("to be checked")),
    (0, gettext_noop("hearsay")),
)


class Refused(fields.Refused):
    """An action about lists that the rules do not allow."""

    texts = REFUSALS


def may_become(state: str, wanted: str) -> bool:
    """True when a batch in ``state`` may go to ``wanted``."""
    return wanted in TRANSITIONS[state]


def trust_word(trust: int) -> str:
    """The word for a trust of 0 to 100, in the reader's language."""
    return _(next(word for least, word in TRUST_WORDS if trust >= least))


def coverage_share(records: int, known_total: int | None) -> float | None:
    """Share of what the source should cover that it does, 0..1; None when nobody knows the total."""
    if not known_total:
        return None
    return min(records / known_total, 1.0)
