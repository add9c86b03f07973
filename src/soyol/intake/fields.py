"""The fields that a column of a list can be, and how columns of one field live together.

A field is what a column says; the record columns of ``soyol.linkage.schema`` are what staging makes of it:
a column of whole names becomes surname and given name, an opening year becomes birth or founding by kind.
"""

from dataclasses import dataclass
from typing import Literal

#: One column only, any number of columns each with values of its own, or columns read together from left to right.
Many = Literal["one", "list", "joined"]


@dataclass(frozen=True)
class Field:
    """``sign`` is the test of content (in ``signs``) that speaks for the field, or ``None``.

    ``strict`` says that the test is so telling that content without it speaks against the field.
    ``alone`` is the share of values from which content alone is enough, without a known heading.
    """

    name: str
    many: Many = "one"
    sign: str | None = None
    strict: bool = False
    alone: float | None = None
    about: Literal["person", "organisation", "both"] = "both"


_ALL = (
    # names
    Field("name", sign="person", alone=0.8),
    Field("surname", sign="word", about="person"),
    Field("given_name", sign="word", about="person"),
    Field("clan_name", sign="word", about="person"),
    Field("stage_name", about="person"),
    Field("org_name", sign="organisation", about="organisation", alone=0.5),
    Field("org_form", sign="org_form", about="organisation", alone=0.7),
    Field("org_branch", about="organisation"),
    Field("kind", sign="kind", alone=0.8),
    # numbers
    Field("person_number", sign="number", strict=True, alone=0.6, about="person"),
    Field("company_number", sign="number", strict=True, about="organisation"),
    Field("register_number", sign="number", strict=True),
    Field("external_id", "list", sign="external_id"),
    Field("row_id", sign="unique"),
    Field("serial", sign="serial", alone=0.95),
    # times
    Field("birth_date", sign="date", strict=True, about="person"),
    Field("death_date", sign="date", strict=True, about="person"),
    Field("founded", sign="date", strict=True, about="organisation"),
    Field("closed", sign="date", strict=True, about="organisation"),
    Field("begin", sign="date", strict=True),
    Field("end", sign="date", strict=True),
    Field("life", sign="life", alone=0.75),
    Field("observed_on", sign="date", strict=True),
    # contacts and places
    Field("phone", "list", sign="phone", strict=True, alone=0.6),
    Field("email", "list", sign="email", strict=True, alone=0.5),
    Field("website", "list", sign="website", strict=True, alone=0.6),
    Field("contact", "list"),
    Field("unit", "joined", sign="unit", alone=0.6),
    Field("address", "joined"),
    # work
    Field("occupation", "list", sign="occupation", alone=0.6),
    Field("domain", "list", sign="domain", alone=0.8),
    Field("area", "list", sign="area"),
    Field("role"),
    Field("employer", about="person"),
    Field("director", "joined", about="organisation"),
    Field("founder", "joined", about="organisation"),
    Field("level", sign="level"),
    # other
    Field("gender", sign="gender", strict=True, alone=0.9, about="person"),
    Field("nationality", about="person"),
    Field("place_of_birth", about="person"),
    Field("place_of_death", about="person"),
    Field("consent", sign="yes_no", strict=True),
    Field("note", "joined"),
)

FIELDS: dict[str, Field] = {field.name: field for field in _ALL}

#: Names under which country packs and people also know a field.
ALIASES = {
    "phones": "phone",
    "emails": "email",
    "websites": "website",
    "occupations": "occupation",
    "domains": "domain",
    "areas": "area",
    "external_ids": "external_id",
    "url": "website",
    "organisation": "org_name",
    "form": "org_form",
    "branch": "org_branch",
    "number": "register_number",
    "id": "row_id",
    "life_dates": "life",
    "bio": "life",
    "begin_year": "begin",
    "end_year": "end",
    "contacts": "contact",
    "full_name": "name",
    "row_number": "serial",
    "register_either": "register_number",
}

#: Public schemes of identifiers of persons and bodies: words of a heading that name them, and their shape.
SCHEMES: dict[str, tuple[tuple[str, ...], str]] = {
    "wikidata": (("wikidata", "qid", "wiki qid", "wikidata id"), r"^Q\d+$"),
    "ulan": (("ulan", "ulan id", "getty ulan"), r"^5\d{8}$"),
    "viaf": (("viaf", "viaf id"), r"^\d{4,22}$"),
    "isni": (("isni",), r"^(?:\d{4} ?){3}\d{3}[\dX]$"),
    "orcid": (("orcid", "orcid id"), r"^(?:https?://orcid\.org/)?(?:\d{4}-){3}\d{3}[\dX]$"),
    "gnd": (("gnd", "gnd id"), r"^[\dX-]{8,11}$"),
}


def canonical(name: str) -> str | None:
    """The field that a pack or a person means by ``name``; ``None`` when there is no such field."""
    found = ALIASES.get(name, name)
    return found if found in FIELDS else None
