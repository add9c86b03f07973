"""By what a row of a list is known again in its next file: the choice, in the words of the columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from soyol.intake.mapping import Mapping
from soyol.workspace.sources.meanings import MEANINGS

#: What may identify a row → its words and the meanings of columns that give it; what identifies best comes first.
KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "row_id": ("row_id", ("row_id",)),
    "person_number": ("person_number", ("person_number",)),
    "company_number": ("company_number", ("company_number",)),
    "register_number": ("register_number", ("register_number",)),
    "external_ids": ("external_id", ("external_id",)),
    "name": ("name", ("name", "given_name", "org_name")),
    "birth_date": ("birth_date", ("birth_date",)),
    "founded": ("founded", ("founded",)),
    "phones": ("phone", ("phone", "contact")),
    "emails": ("email", ("email", "contact")),
    "unit": ("unit", ("unit",)),
}


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """One thing that may identify a row, with its words."""

    code: str
    words: str
    chosen: bool


def known_by(columns: Sequence[str]) -> list[str]:
    """What identifies the rows of a list, in words; nothing where all that stands in a row does."""
    return [_(MEANINGS[KEYS[column][0]]) if column in KEYS else column for column in columns]


def key_choices(mapping: Mapping, present: Collection[str]) -> list[KeyChoice]:
    """What the columns of the file offer, and what was chosen before."""
    fields = {column.field for sheet in mapping.sheets if sheet.used for column in sheet.columns}
    return [
        KeyChoice(code, _(MEANINGS[words]), code in present)
        for code, (words, sources) in KEYS.items()
        if code in present or fields & set(sources)
    ]


def chosen_keys(mapping: Mapping, present: Sequence[str], wanted: Collection[str]) -> list[str]:
    """The choice of a form, in the order of ``KEYS``. What no page can show was chosen elsewhere, and stays."""
    offered = [choice.code for choice in key_choices(mapping, present)]
    return [column for column in present if column not in KEYS] + [code for code in offered if code in wanted]
