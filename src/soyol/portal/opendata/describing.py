"""What the files are, for people and for programs: a Frictionless Data Package out of the table of the columns."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from soyol.portal.opendata.columns import FIGURES, IN_JSON, REGISTER, Column, languages

#: The licence of what is in the files; of the registry's own facts, not of works by those who stand in it.
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file. ``view``: the name of its address."""

    name: str
    view: str
    title: str
    format: str
    mediatype: str
    columns: tuple[Column, ...]
    flat: bool

    def described(self) -> str:
        """What is in it, in the reader's language."""
        return _(self.title)


REGISTER_CSV = File(
    "register", "portal:open_register_csv", gettext_noop("The register as a table for spreadsheets"),
    "csv", "text/csv; charset=utf-8", REGISTER, flat=True,
)  # fmt: skip
REGISTER_LINES = File(
    "register-lines", "portal:open_register_jsonl", gettext_noop("The register for programs, an entry a line"),
    "jsonl", "application/jsonl; charset=utf-8", REGISTER, flat=False,
)  # fmt: skip
FIGURES_CSV = File(
    "figures", "portal:open_figures", gettext_noop("How many there are, by kind, province, and domain or area"),
    "csv", "text/csv; charset=utf-8", FIGURES, flat=True,
)  # fmt: skip
FILES = (REGISTER_CSV, REGISTER_LINES, FIGURES_CSV)


def package() -> dict[str, Any]:
    """The descriptor (Data Package, version 1). Titles are English, ``titles`` has them in every language."""
    told = gettext_noop("Open data of the registry")
    return {
        "profile": "data-package",
        "name": "soyol-open-data",
        **_titled(told),
        "description": (
            "Made anew for whoever asks, so that it follows what people choose at once. "
            "Therefore neither size nor hash can be told before. Of people and informal groups it holds those who "
            "agreed to be shown and to be part of it; whoever keeps a copy is asked to renew it."
        ),
        "homepage": settings.SOYOL_ORIGIN + reverse("portal:open_data"),
        "licenses": [LICENCE],
        "resources": [_resource(each) for each in FILES],
    }


def _resource(told: File) -> dict[str, Any]:
    media = told.mediatype.split(";")[0]
    made = {
        "profile": "tabular-data-resource" if told.flat else "data-resource",
        "name": told.name,
        **_titled(told.title),
        "path": reverse(told.view).removeprefix(reverse("portal:open_data")),
        "format": told.format,
        "mediatype": media,
        "encoding": "utf-8",
        "schema": {"fields": fields(told), "missingValues": [""]},
    }
    if told.flat:
        made["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
    if told.columns is REGISTER:
        made["schema"]["primaryKey"] = "number"
    return made


def fields(told: File) -> list[dict[str, Any]]:
    """The fields of a file as its schema tells them."""
    if not told.flat:
        return [_field(column, column.code, IN_JSON[column.shape]) for column in told.columns]
    return [
        _field(column, heading, {"flag": "boolean", "count": "integer"}.get(column.shape, "string"))
        for column in told.columns
        for heading in column.headings()
    ]


def _field(column: Column, name: str, kind: str) -> dict[str, Any]:
    made = {"name": name, "type": kind, **_titled(column.words, "description", "descriptions")}
    return {**made, "constraints": {"required": True}} if column.needed else made


def _titled(words: str, one: str = "title", many: str = "titles") -> dict[str, Any]:
    found = {}
    for lang in languages():
        with override(lang):
            found[lang] = str(_(words))
    return {one: found.get("en", words), many: found}
