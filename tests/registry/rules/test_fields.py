"""Closed is the default."""

from soyol.registry.choices import ActorKind, FieldClass
from soyol.registry.rules import FIELDS, field_class, is_sealed, mask


def test_unknown_fields_and_kinds_are_private_and_sealed() -> None:
    assert field_class("shoe_size", ActorKind.PERSON) == FieldClass.PRIVATE
    assert field_class("name", "robot") == FieldClass.PRIVATE
    assert is_sealed("shoe_size", ActorKind.ORGANISATION)


def test_no_field_of_a_person_is_public_without_consent() -> None:
    assert [code for code in FIELDS if field_class(code, ActorKind.PERSON) == FieldClass.PUBLIC] == []


def test_number_birth_contacts_and_address_of_a_person_never_become_public() -> None:
    closed = ("person_number", "birth_date", "phones", "emails", "address", "note", "clan_name", "gender")
    assert all(field_class(code, ActorKind.PERSON) >= FieldClass.PRIVATE for code in closed)


def test_every_text_about_a_person_is_sealed() -> None:
    plain = {code for code in FIELDS if not is_sealed(code, ActorKind.PERSON)}
    assert all(FIELDS[code].codes for code in plain)
    assert not {"name", "birth_date", "phones", "person_number"} & plain


def test_mask_keeps_two_signs_and_of_short_values_none() -> None:
    assert (mask("АБ90123456"), mask("12")) == ("••••••••56", "••")
