"""The columns of the open files: one table, out of which files, descriptions and the page are made."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.registry.queries.opened import Coded

#: Between the values of one cell.
BETWEEN = "; "
#: Shape → type of the column in JSON, as Frictionless names types.
IN_JSON = {
    "text": "string", "flag": "boolean", "count": "integer", "names": "object", "coded": "object", "many": "array",
    "texts": "array",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``shape``: ``text``, ``flag``, ``count``, ``names`` (by language), ``coded`` (a code with its
    names), ``many`` (several of them) or ``texts``; a CSV file has a column more for each language of names."""

    code: str
    shape: str
    words: str
    needed: bool = False

    def meaning(self) -> str:
        """What it says, in the reader's language."""
        return _(self.words)

    def headings(self) -> list[str]:
        """Its columns in a CSV file."""
        named = [f"{self.code}_{lang}" for lang in languages()]
        if self.shape == "names":
            return named
        return [self.code, *named] if self.shape in {"coded", "many"} else [self.code]

    def cells(self, value: Any) -> list[str]:
        """A value under those headings; what nobody has said is empty."""
        if self.shape in {"coded", "many"}:
            told: Sequence[Coded] = value if self.shape == "many" else [value] if value else []
            return [_joined(each.code for each in told)] + [
                _joined(each.names.get(lang, each.code) for each in told) for lang in languages()
            ]
        if self.shape == "names":
            return [value.get(lang, "") for lang in languages()]
        if self.shape == "flag":
            return ["true" if value else "false"]
        return [_joined(value) if self.shape == "texts" else "" if value is None else str(value)]

    def in_json(self, value: Any) -> Any:
        """A value as JSON has it; null and an empty list are what nobody has said."""
        if self.shape == "many":
            return [asdict(each) for each in value]
        return asdict(value) if isinstance(value, Coded) else value


def _joined(texts: Any) -> str:
    return BETWEEN.join(texts)


def languages() -> list[str]:
    """The languages in which codes are named."""
    return list(dict(settings.LANGUAGES))


REGISTER = (
    Column("number", "text", gettext_noop("registry number; it never changes and is given once"), needed=True),
    Column("kind", "coded", gettext_noop("person, organisation or informal group"), needed=True),
    Column("name", "text", gettext_noop("name as the directory shows it"), needed=True),
    Column("name_latin", "text", gettext_noop("the same in Latin letters, where a list has it")),
    Column("names", "names", gettext_noop("name by language, where lists tell it by language")),
    Column("form", "coded", gettext_noop("legal form")),
    Column("unit", "coded", gettext_noop("province or district, as exactly as it may be shown")),
    Column("areas", "many", gettext_noop("areas of the programme")),
    Column("domains", "many", gettext_noop("cultural domains")),
    Column("occupations", "many", gettext_noop("occupations")),
    Column("level", "coded", gettext_noop("level of activity")),
    Column("ended", "flag", gettext_noop("true: has died, or is closed"), needed=True),
    Column("lists", "many", gettext_noop("lists in which the entry stands, as far as they are named in public")),
    Column("company_number", "text", gettext_noop("company register number, of organisations only")),
    Column("websites", "texts", gettext_noop("websites")),
    Column("founded", "text", gettext_noop("day, month or year of founding")),
    Column("closed", "text", gettext_noop("day, month or year of closing")),
    Column("invented", "flag", gettext_noop("true: made up, out of sample lists only"), needed=True),
)

FIGURES = (
    Column("kind", "coded", gettext_noop("person, organisation or informal group"), needed=True),
    Column("region", "coded", gettext_noop("province or capital; “unknown” where nobody has said"), needed=True),
    Column("by", "text", gettext_noop("what is counted by: domain or area"), needed=True),
    Column("code", "coded", gettext_noop("the domain or area; “unknown” where nobody has said"), needed=True),
    Column("count", "count", gettext_noop("how many; of people and groups to fives; empty where it is left out")),
    Column("suppressed", "text", gettext_noop("yes: left out, because there are few or none; else no"), needed=True),
)
