"""What a person may add about an entry, field by field, and how what they type becomes record columns."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soyol.lib import words
from soyol.registry.choices import ActorKind
from soyol.registry.queries.labels import Words, value_labels
from soyol.sources import queries as sources
from soyol.ui.templatetags.soyol_formats import plain_words

_BOTH = ("phones", "emails", "websites", "unit", "address")
#: Kind of an entry → the fields that may be added to it, in the order of the page.
ADDABLE: dict[str, tuple[str, ...]] = {
    ActorKind.PERSON: (
        "name", "stage_name", "birth_date", "death_date", "person_number", *_BOTH, "activity", "occupations", "domains",
        "areas", "role", "employer", "level", "gender", "nationality", "consent", "note",
    ),
    ActorKind.ORGANISATION: (
        "name", "founded", "closed", "company_number", "org_form", *_BOTH, "activity", "domains", "areas", "director",
        "founder", "level", "note",
    ),
    ActorKind.GROUP: ("name", "founded", "closed", *_BOTH, "activity", "domains", "areas", "level", "consent", "note"),
}  # fmt: skip
#: Field of the registry → the field of a list under which a typed value is understood.
UNDERSTOOD = {
    "name": "name",
    "birth_date": "birth_date",
    "death_date": "death_date",
    "founded": "founded",
    "closed": "closed",
    "phones": "phone",
    "emails": "email",
    "websites": "website",
    "person_number": "person_number",
    "company_number": "company_number",
}
#: Fields whose value is one of a list of codes.
CHOSEN = frozenset({"unit", "occupations", "domains", "areas", "org_form", "level", "gender", "consent"})
MANY = frozenset({"stage_name", "phones", "emails", "websites", "occupations", "domains", "areas", "activity"})
#: What understanding one typed field fills as well.
WITH = {
    "name": ("name", "surname", "given_name", "clan_name", "name_order", "org_name", "org_form", "org_branch"),
    "person_number": ("person_number", "person_number_status"),
    "company_number": ("company_number", "company_number_status"),
}
#: A record column that is text, whatever the list of many: a stage name is one text.
ONE_TEXT = frozenset({"stage_name"})


def choices_of(field: str) -> list[tuple[str, str]]:
    """The codes of a field with their names in the reader's language."""
    named: Words = value_labels()[field]
    found = [(code, plain_words(name)) for code, name in named.items()]
    return sorted(found, key=lambda one: one[1]) if field in {"unit", "occupations"} else found


def columns_of(field: str, typed: str, *, kind: str, name: str) -> dict[str, Any]:
    """Record columns for one typed value; raises ValidationError with the problem in words if it is not understood.

    ``name`` is what the entry is called: rows without a name are nobody's.
    """
    if field == "consent":
        return {field: typed == "yes"}
    if field not in UNDERSTOOD:
        return {field: [typed] if field in MANY - ONE_TEXT else typed}
    told = understood({"name": name, UNDERSTOOD[field]: typed}, kind)
    found = {column: told[column] for column in WITH.get(field, (field,)) if column in told}
    if field not in found:
        raise ValidationError(_("This cannot be understood. Write it as it stands on a document."))
    return found


def row_of(given: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Record columns of a whole form: ``name``, ``number``, ``phones``, ``emails``, ``birth_date``, ``occupation``.

    The number and the day are those of a person, or of a body. Raises ValidationError by the fields of the form.
    """
    begun, numbered = ("birth_date", "person_number") if kind == ActorKind.PERSON else ("founded", "company_number")
    fields = {"number": numbered, "phones": "phone", "emails": "email", "birth_date": begun}
    ours = ("name", "occupation", *fields)
    texts = {fields.get(field, field): str(given.get(field) or "") for field in ours}
    try:
        return understood(texts, kind)
    except ValidationError as wrong:
        back = {of_list: field for field, of_list in fields.items()}
        told = {back.get(of_list, "name"): problems for of_list, problems in wrong.message_dict.items()}
        raise ValidationError(told) from wrong


def understood(texts: Mapping[str, str], kind: str) -> dict[str, Any]:
    """Record columns of one typed row by the country's rules; raises ValidationError, by field of a list, otherwise."""
    told = sources.understood({field: text for field, text in texts.items() if text}, kind)
    if told.problems:
        raise ValidationError(
            {column or "name": words.say(code, {}, _spoken()) for code, column, _value in told.problems}
        )
    return {column: value for column, value in told.values.items() if column != "kind"}


def _spoken() -> str:
    wanted = (get_language() or "en").split("-")[0]
    return wanted if wanted in words.languages() else "en"
