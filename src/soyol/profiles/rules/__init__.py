"""Pure rules of what people say of themselves."""

from soyol.profiles.rules.refusals import REFUSALS, Refused
from soyol.profiles.rules.saying import (
    LETTERS,
    LINKS,
    SIZES,
    is_link,
    paragraphs,
    speaks,
    tidy_alt,
    tidy_contacts,
    tidy_credit,
    tidy_links,
    tidy_words,
)

__all__ = [
    "LETTERS",
    "LINKS",
    "REFUSALS",
    "SIZES",
    "Refused",
    "is_link",
    "paragraphs",
    "speaks",
    "tidy_alt",
    "tidy_contacts",
    "tidy_credit",
    "tidy_links",
    "tidy_words",
]
