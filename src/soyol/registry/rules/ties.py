"""Which ties between two entries everybody may see.

A tie is as open as what it was read from. Closed is the default here too: a tie of an origin that stands in no table
is private.
"""

from soyol.registry.choices import ActorKind, FieldClass
from soyol.registry.rules.fields import field_class

#: The origin of a tie that an officer entered as such; all others are fields of rows.
STATED = "membership"
#: Who may see a tie that was entered as such, by the kind of the member.
BY_KIND: dict[str, FieldClass] = {
    ActorKind.PERSON.value: FieldClass.CONSENT,
    ActorKind.ORGANISATION.value: FieldClass.PUBLIC,
    ActorKind.GROUP.value: FieldClass.CONSENT,
}


def tie_class(origin: str, member_kind: str) -> FieldClass:
    """Who may see a tie of this origin whose member is of this kind."""
    if origin == STATED:
        return BY_KIND.get(member_kind, FieldClass.PRIVATE)
    return field_class(origin, member_kind)


def is_open_row(kind: str, *, consents: bool) -> bool:
    """Whether a row may name its bearer to everybody: an organisation's always, another's with consent."""
    who = field_class("name", kind)
    return who == FieldClass.PUBLIC or (who == FieldClass.CONSENT and consents)


def may_be_public(origin: str, member_kind: str, *, rows_open: bool) -> bool:
    """Whether everybody may see a tie; ``rows_open``: both rows on which it hangs may name their bearers."""
    return rows_open and tie_class(origin, member_kind) <= FieldClass.CONSENT
