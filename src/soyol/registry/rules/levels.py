"""How a value is known: declared, checked against a document, or told by a register of the state. Pure."""

from soyol.registry.choices import ActorKind, Level, Standing

#: What a document shows of whoever it is about, by kind of entry. What else stands in the same form is declared.
SHOWN_BY_DOCUMENT: dict[str, frozenset[str]] = {
    ActorKind.PERSON: frozenset({"name", "surname", "given_name", "clan_name", "person_number", "birth_date"}),
    ActorKind.ORGANISATION: frozenset({"name", "org_form", "company_number", "founded"}),
    ActorKind.GROUP: frozenset({"name"}),
}


def level_of(standing: int, *, by_document: bool, by_register: bool = False) -> Level:
    """The level of a statement. ``by_document``: a document was seen for the checked values of its row;
    ``by_register``: the row is an answer.

    A value that a person chose among what lists say is no better known by that; one that they wrote down because a
    document proves it is.
    """
    if standing == Standing.EXCHANGED or by_register:
        return Level.STATE
    proved = standing == Standing.VERIFIED or (standing == Standing.JUDGED and by_document)
    return Level.DOCUMENT if proved else Level.DECLARED
