"""What goes when somebody is erased, and what must stay with its ground. docs/reference/erasure.md says the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of data: its code, what it is, and for what stays the ground."""

    code: str
    words: str
    ground: str = ""

    def label(self) -> str:
        """What it is, in the reader's language."""
        return _(self.words)

    def why(self) -> str:
        """On which ground it stays; empty for what goes."""
        return _(self.ground) if self.ground else ""


GOES: tuple[Part, ...] = (
    Part("rows", gettext_noop("rows of lists about you, and all values that are read from them")),
    Part("files", gettext_noop("your rows in the files that keepers sent; the rest of each file is written anew")),
    Part("entry", gettext_noop("your entry in the directory, for everybody and for officers, and in the search")),
    Part("profile", gettext_noop("your own words, links, contacts and photograph, and what you wrote before")),
    Part("facts", gettext_noop("what your certificates said; each of them is withdrawn")),
    Part("reasons", gettext_noop("reasons and notes of officers about your entry, and pairs that were compared")),
    Part("memberships", gettext_noop("where you belong, as lists and officers have written it")),
    Part("answers", gettext_noop("your answers to surveys, and files of answers that were taken in")),
    Part("workbooks", gettext_noop("all workbooks that were made out of the registry and are still kept")),
    Part("messages", gettext_noop("addresses and words of messages to you or about you")),
    Part("claims", gettext_noop("what you wrote and sent to prove that the entry is yours")),
    Part("requests", gettext_noop("what you wrote and sent with requests")),
    Part("account", gettext_noop("your account with its name and address, where you ask for that too")),
)
STAYS: tuple[Part, ...] = (
    Part(
        "number",
        gettext_noop("your registry number, without anything else"),
        gettext_noop("It is never given to anybody else."),
    ),
    Part(
        "stakes",
        gettext_noop("money, awards and offices that you received or hold"),
        gettext_noop("Whoever receives public money or holds an office is accountable for it by law."),
    ),
    Part(
        "legal_rows",
        gettext_noop("rows of lists that are kept by a law"),
        gettext_noop("The row stays in its keeper's list, as that law says. The registry neither shows nor uses it."),
    ),
    Part(
        "log",
        gettext_noop(
            "the log of who did what and who looked, with the number of the entry and the name of the account"
        ),
        gettext_noop("The law wants it whole; each line is chained to the one before and cannot be taken out."),
    ),
    Part(
        "letters",
        gettext_noop("your name, where an officer wrote it into a letter to many people or into a note on lost data"),
        gettext_noop(
            "No program can tell whom such a text names. It is stored encrypted, and only officers who write letters "
            "or list losses read it."
        ),
    ),
    Part(
        "consents",
        gettext_noop("that you said yes or no to a purpose, when, and to which words; with the number only"),
        gettext_noop("It proves that what was shown and sent then was right."),
    ),
    Part(
        "certificates",
        gettext_noop("the number of each certificate that was issued"),
        gettext_noop("Whoever was shown one can check that it was real."),
    ),
    Part(
        "erased",
        gettext_noop("keyed hashes by which rows about you are left out when a list comes again"),
        gettext_noop("Without them the next file would bring you back. Nobody can read anything from them."),
    ),
    Part(
        "backups",
        gettext_noop("backups that were made before, until they are deleted"),
        gettext_noop("They are encrypted. Whoever restores one erases you again before the site opens."),
    ),
)
