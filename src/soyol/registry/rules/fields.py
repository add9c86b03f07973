"""The fields that a statement may be about, who may see each, and what is sealed at rest.

A field or kind that this table does not name is private: closed is the default, open is written down.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.registry.choices import ActorKind, FieldClass

ORDER = (ActorKind.PERSON.value, ActorKind.ORGANISATION.value, ActorKind.GROUP.value)
OPEN, ASK, STAFF, PRIVATE, SECRET = (
    FieldClass.PUBLIC,
    FieldClass.CONSENT,
    FieldClass.STAFF,
    FieldClass.PRIVATE,
    FieldClass.SECRET,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``code`` is the record column; ``codes`` marks values that are codes and say nothing by themselves."""

    code: str
    words: str
    many: bool = False
    codes: bool = False
    matched: bool = False  # equality is found by keyed hash, so that a number or phone can be looked for
    structured: bool = False
    classes: dict[str, FieldClass] = field(default_factory=dict)

    def label(self) -> str:
        """The field's name in the reader's language."""
        return _(self.words)


def _field(code: str, words: str, classes: tuple[FieldClass, FieldClass, FieldClass], **more: Any) -> Field:
    return Field(code, words, classes=dict(zip(ORDER, classes, strict=True)), **more)


#: Classes are given for persons, organisations and informal groups, in this order.
_ALL = (
    _field("name", gettext_noop("name"), (ASK, OPEN, ASK)),
    _field("given_name", gettext_noop("given name"), (ASK, PRIVATE, PRIVATE)),
    _field("surname", gettext_noop("family or parent's name"), (ASK, PRIVATE, PRIVATE)),
    _field("clan_name", gettext_noop("clan name"), (PRIVATE, PRIVATE, PRIVATE)),
    _field("stage_name", gettext_noop("stage name"), (ASK, OPEN, ASK), many=True),
    _field("org_form", gettext_noop("legal form"), (STAFF, OPEN, STAFF), codes=True),
    _field("org_branch", gettext_noop("branch"), (STAFF, OPEN, STAFF)),
    _field("person_number", gettext_noop("national number"), (SECRET, SECRET, SECRET), matched=True),
    _field("company_number", gettext_noop("company register number"), (STAFF, OPEN, STAFF), matched=True),
    _field("external_ids", gettext_noop("identifiers elsewhere"), (STAFF, OPEN, STAFF), many=True),
    _field("birth_date", gettext_noop("born"), (PRIVATE, PRIVATE, PRIVATE)),
    _field("death_date", gettext_noop("died"), (ASK, PRIVATE, PRIVATE)),
    _field("founded", gettext_noop("founded"), (PRIVATE, OPEN, ASK)),
    _field("closed", gettext_noop("closed"), (PRIVATE, OPEN, ASK)),
    _field("phones", gettext_noop("phone"), (PRIVATE, STAFF, PRIVATE), many=True, matched=True),
    _field("emails", gettext_noop("e-mail"), (PRIVATE, STAFF, PRIVATE), many=True, matched=True),
    _field("websites", gettext_noop("website"), (ASK, OPEN, ASK), many=True),
    _field("unit", gettext_noop("place"), (ASK, OPEN, ASK), codes=True),
    _field("address", gettext_noop("address"), (PRIVATE, OPEN, PRIVATE)),
    _field("occupations", gettext_noop("occupation"), (ASK, OPEN, ASK), many=True, codes=True),
    _field("domains", gettext_noop("cultural domain"), (ASK, OPEN, ASK), many=True, codes=True),
    _field("areas", gettext_noop("area of the programme"), (ASK, OPEN, ASK), many=True, codes=True),
    _field("activity", gettext_noop("activity"), (ASK, OPEN, ASK), many=True, codes=True, structured=True),
    _field("role", gettext_noop("post or rank"), (STAFF, STAFF, STAFF)),
    _field("employer", gettext_noop("works at"), (STAFF, STAFF, STAFF)),
    _field("director", gettext_noop("director"), (STAFF, STAFF, STAFF)),
    _field("founder", gettext_noop("founder"), (STAFF, STAFF, STAFF)),
    _field("level", gettext_noop("level of activity"), (ASK, OPEN, ASK), codes=True),
    _field("gender", gettext_noop("gender"), (PRIVATE, PRIVATE, PRIVATE), codes=True),
    _field("nationality", gettext_noop("nationality"), (PRIVATE, PRIVATE, PRIVATE)),
    _field("consent", gettext_noop("consent to be shown publicly"), (STAFF, STAFF, STAFF), codes=True),
    _field("note", gettext_noop("note"), (PRIVATE, PRIVATE, PRIVATE)),
)

#: Every field of a statement by its code, in the order in which pages show them.
FIELDS: dict[str, Field] = {each.code: each for each in _ALL}


def field_class(code: str, kind: str) -> FieldClass:
    """Who may see ``code`` of an actor of ``kind``; what is not written down is private."""
    known = FIELDS.get(code)
    return known.classes.get(kind, FieldClass.PRIVATE) if known else FieldClass.PRIVATE


def is_sealed(code: str, kind: str) -> bool:
    """Whether the value is encrypted at rest.

    Open facts and plain codes are not; everything else about persons and groups is, and of organisations
    whatever is not public (a director's name is a person's).
    """
    known = FIELDS.get(code)
    if known is None:
        return True
    who = field_class(code, kind)
    if who >= FieldClass.PRIVATE and not (known.codes and code == "consent"):
        return True
    if known.codes:
        return False
    return kind != ActorKind.ORGANISATION or who != FieldClass.PUBLIC


def mask(value: str) -> str:
    """A secret value as staff see it before they ask: enough to tell two apart, never enough to use."""
    keep = 2 if len(value) > 4 else 0
    return "•" * (len(value) - keep) + value[len(value) - keep :]
