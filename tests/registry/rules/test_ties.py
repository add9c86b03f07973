"""A tie is as open as what it was read from."""

import pytest

from soyol.registry.choices import ActorKind, FieldClass
from soyol.registry.rules import is_open_row, may_be_public, tie_class


@pytest.mark.parametrize("origin", ["employer", "director", "founder", "role", "anything"])
@pytest.mark.parametrize("kind", ActorKind.values)
def test_no_tie_read_from_a_row_is_ever_public(origin: str, kind: str) -> None:
    assert not may_be_public(origin, kind, rows_open=True)


def test_a_stated_tie_is_public_where_both_rows_may_be() -> None:
    assert [may_be_public("membership", kind, rows_open=True) for kind in ActorKind.values] == [True, True, True]
    assert not may_be_public("membership", ActorKind.PERSON, rows_open=False)
    assert tie_class("membership", "robot") == FieldClass.PRIVATE


def test_a_row_of_an_organisation_is_open_and_one_of_others_with_consent() -> None:
    told = [(kind, is_open_row(kind, consents=False), is_open_row(kind, consents=True)) for kind in ActorKind.values]
    assert told == [("person", False, True), ("organisation", True, True), ("group", False, True)]
