"""What each role holds."""

from datetime import date

import pytest

from soyol.accounts import rules
from soyol.accounts.choices import Permission, Role


def test_every_role_says_what_it_holds() -> None:
    assert set(rules.PERMISSIONS) == set(Role)


def test_every_permission_is_held_by_some_role() -> None:
    assert frozenset().union(*rules.PERMISSIONS.values()) == frozenset(Permission)


def test_who_gives_rights_sees_no_data_of_persons() -> None:
    for held in rules.PERMISSIONS.values():
        assert not {Permission.MANAGE_GRANTS, Permission.SEE_PERSONAL} <= held


def test_only_officers_see_data_of_persons() -> None:
    assert rules.roles_with(Permission.SEE_PERSONAL) == [Role.REGISTRY_OFFICER, Role.PROVINCE_OFFICER]


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 1, 9), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 20), True),
        (date(2026, 1, 21), False),
    ],
)
def test_both_days_of_a_grant_count(day: date, counts: bool) -> None:
    assert rules.counts_on(day, date(2026, 1, 10), date(2026, 1, 20)) is counts


def test_a_grant_without_end_counts_for_ever() -> None:
    assert rules.counts_on(date(2099, 1, 1), date(2026, 1, 10), None)


def test_a_grant_for_a_place_or_a_body_gives_nothing_that_needs_everything() -> None:
    role = Role.REGISTRY_OFFICER
    assert rules.given(role, placed=False, owned=False) == rules.PERMISSIONS[role]
    assert rules.given(role, placed=True, owned=False) == rules.PERMISSIONS[role] - rules.WHOLE


def test_a_grant_for_a_body_gives_only_what_can_belong_to_a_body() -> None:
    for role, held in rules.PERMISSIONS.items():
        assert rules.given(role, placed=False, owned=True) == held & rules.OF_BODIES
    assert not rules.OF_BODIES & rules.WHOLE


def test_the_audit_is_read_with_a_grant_for_the_whole_country_only() -> None:
    reach = [{"placed": placed, "owned": owned} for placed in (False, True) for owned in (False, True)]
    readers = [(role, each) for role in Role for each in reach if Permission.SEE_AUDIT in rules.given(role, **each)]
    assert readers == [(Role.ADMINISTRATOR, {"placed": False, "owned": False})]


def test_whoever_takes_the_list_along_may_see_what_is_personal_in_it() -> None:
    takers = [held for held in rules.PERMISSIONS.values() if Permission.EXPORT_REGISTRY in held]
    assert takers
    assert all(Permission.SEE_PERSONAL in held for held in takers)
    assert Permission.EXPORT_REGISTRY not in rules.OF_BODIES
