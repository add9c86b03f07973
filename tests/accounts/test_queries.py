"""Who may do what, where."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from soyol.accounts import actions, queries, rules
from soyol.accounts.choices import Permission, Role
from soyol.accounts.models import Grant, User
from soyol.accounts.queries import ALL
from soyol.bodies.models import Body
from soyol.places.models import Unit
from tests.factories import accounts as make
from tests.factories.bodies import a_body

pytestmark = pytest.mark.django_db

MAY = Permission.SEE_PERSONAL


def test_a_visitor_may_nothing(country: Unit) -> None:
    assert not queries.may(AnonymousUser(), MAY)
    assert queries.scope(AnonymousUser(), MAY) == frozenset()
    assert queries.permissions(AnonymousUser()) == frozenset()


def test_a_grant_for_the_whole_country_covers_everything(registry_officer: User, here: Unit) -> None:
    for unit in (queries.ANYWHERE, ALL, None, here, here.children.first()):
        assert queries.may(registry_officer, MAY, unit)
    assert queries.scope(registry_officer, MAY) is ALL


def test_a_province_covers_itself_and_what_is_below(province_officer: User, here: Unit) -> None:
    below = list(here.children.all())
    assert len(below) == 2
    assert queries.may(province_officer, MAY)
    assert all(queries.may(province_officer, MAY, unit) for unit in [here, here.code, *below])
    assert queries.scope(province_officer, MAY) == {here.code, *(unit.code for unit in below)}


def test_a_province_covers_no_other_nor_the_country_nor_what_has_no_place(
    province_officer: User, elsewhere: Unit, country: Unit
) -> None:
    for unit in (elsewhere, elsewhere.children.first(), country, ALL, None, "no such code", ""):
        assert not queries.may(province_officer, MAY, unit), unit


def test_a_role_gives_only_what_it_holds(coordinator: User) -> None:
    assert queries.may(coordinator, Permission.SEE_REGISTRY)
    assert not queries.may(coordinator, MAY)
    assert queries.scope(coordinator, MAY) == frozenset()


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"valid_from": timezone.localdate()}, True),
        ({"valid_from": timezone.localdate() + timedelta(days=1)}, False),
        ({"valid_to": timezone.localdate()}, True),
        ({"valid_from": timezone.localdate() - timedelta(9), "valid_to": timezone.localdate() - timedelta(1)}, False),
        ({"ended_at": timezone.now()}, False),
    ],
)
def test_a_grant_counts_in_its_time_only(registry_officer: User, values: dict[str, object], counts: bool) -> None:
    Grant.objects.filter(user=registry_officer).update(**values)
    assert queries.may(registry_officer, MAY) is counts
    assert bool(queries.scope(registry_officer, MAY)) is counts


def test_a_right_that_ends_is_gone_at_the_next_question(registry_officer: User, administrator: User) -> None:
    assert queries.may(registry_officer, MAY)
    actions.end(by=administrator, grant=registry_officer.grants.get(), reason="left")
    assert not queries.may(registry_officer, MAY)


def test_one_request_asks_for_the_grants_once_and_the_next_one_asks_again(
    province_officer: User, here: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with queries.asked_once(), django_assert_num_queries(1):
        assert queries.may(province_officer, MAY)
        assert queries.permissions(province_officer)
        assert here.names.best(settings.LANGUAGE_CODE) in queries.office_of(province_officer)
        assert not queries.may(province_officer, MAY, ALL)
    Grant.objects.filter(user=province_officer).update(ended_at=timezone.now())
    with queries.asked_once():
        assert not queries.may(province_officer, MAY)
        assert queries.may(make.user(Role.PROVINCE_OFFICER, unit=here), MAY)  # each account has its own


def test_a_role_that_this_version_does_not_know_gives_nothing(registry_officer: User) -> None:
    Grant.objects.filter(user=registry_officer).update(role="of_tomorrow")
    assert not queries.may(registry_officer, MAY)
    assert queries.permissions(registry_officer) == frozenset()


def test_an_account_that_may_not_sign_in_may_nothing(registry_officer: User) -> None:
    User.objects.filter(pk=registry_officer.pk).update(is_active=False)
    assert not queries.may(registry_officer, MAY)


def test_several_grants_add_up(province_officer: User, here: Unit, elsewhere: Unit) -> None:
    Grant.objects.create(user=province_officer, role=Role.PROVINCE_OFFICER, unit=elsewhere)
    scope = queries.scope(province_officer, MAY)
    assert isinstance(scope, frozenset)
    assert {here.code, elsewhere.code} <= scope


# -- Bodies: (place, body) of a grant, and of what is asked for ------------------------------------------------------

LIST = Permission.IMPORT_FILES


def _officer(unit: Unit | None, body: Body | None) -> User:
    return make.user(Role.REGISTRY_OFFICER, unit=unit, body=body)


def test_who_reaches_what_by_place_and_body(here: Unit, elsewhere: Unit) -> None:
    mine, other = a_body(), a_body()
    below = here.children.first()
    asked = {
        "nothing's": (None, None),
        "here": (here, None),
        "mine": (None, mine.pk),
        "mine, here": (here, mine.pk),
        "mine, below": (below, mine.pk),
        "mine, elsewhere": (elsewhere, mine.pk),
        "another's, here": (here, other.pk),
    }
    reached = {
        "everything": _officer(None, None),
        "a place": _officer(here, None),
        "a body": _officer(None, mine),
        "both": _officer(here, mine),
    }
    assert {
        grant: {what for what, (unit, body) in asked.items() if queries.may(officer, LIST, unit, body)}
        for grant, officer in reached.items()
    } == {
        "everything": set(asked),
        "a place": {"here", "mine, here", "mine, below", "another's, here"},
        "a body": {"mine", "mine, here", "mine, below", "mine, elsewhere"},
        "both": {"mine, here", "mine, below"},
    }


def test_rows_are_found_by_the_same_rule(here: Unit, elsewhere: Unit) -> None:
    mine, other = a_body(), a_body()
    pairs = [(place, body) for place in (None, here, elsewhere) for body in (None, mine, other)]
    for place, body in pairs:
        Grant.objects.create(user=make.user(), role=Role.CURATOR, unit=place, body=body)
    for officer in (_officer(None, None), _officer(here, None), _officer(None, mine), _officer(here, mine)):
        rows = Grant.objects.filter(queries.within(officer, LIST), role=Role.CURATOR)
        assert {(row.unit, row.body) for row in rows} == {
            (place, body) for place, body in pairs if queries.may(officer, LIST, place, body.pk if body else None)
        }


def test_a_grant_for_a_body_opens_no_place_and_nothing_without_a_body(here: Unit) -> None:
    officer = _officer(None, a_body())
    assert queries.scope(officer, LIST) == frozenset()
    for permission in Permission:
        assert queries.scope(officer, permission) == frozenset(), permission
        for unit in (ALL, None, here, here.code):
            assert not queries.may(officer, permission, unit), permission
    closed = {permission for permission in Permission if not queries.may(officer, permission)}
    assert closed == set(Permission) - rules.given(Role.REGISTRY_OFFICER, placed=False, owned=True)
    assert queries.permissions(officer) == set(Permission) - closed
    assert queries.permissions(officer, None, None) == frozenset()


def test_a_second_grant_for_a_body_never_widens_the_first(province_officer: User, here: Unit) -> None:
    before = queries.scope(province_officer, MAY)
    Grant.objects.create(user=province_officer, role=Role.REGISTRY_OFFICER, body=a_body())
    assert queries.scope(province_officer, MAY) == before


def test_whoever_manages_grants_of_a_body_sees_and_gives_those_of_it_only(administrator: User) -> None:
    mine, other = a_body(), a_body()
    manager = make.user(Role.ADMINISTRATOR, body=mine)
    ours, theirs = _officer(None, mine), _officer(None, other)
    assert set(queries.manageable_users(manager)) == {manager, ours}
    assert {grant.user for grant in queries.grants_to_show(manager)} == {manager, ours}
    for body in (mine, other, None):
        actions.invite(
            by=administrator, email=f"{body and body.pk}@example.org", name="New", role=Role.CURATOR, body=body
        )
    assert [invitation.body for invitation in queries.open_invitations(manager)] == [mine]
    actions.give(by=manager, user=ours, role=Role.CURATOR, body=mine)
    for body in (other, None):
        with pytest.raises(PermissionDenied):
            actions.give(by=manager, user=ours, role=Role.CURATOR, body=body)
    with pytest.raises(PermissionDenied):
        actions.end(by=manager, grant=theirs.grants.get(), reason="x")


def test_of_somebody_in_reach_only_the_grants_in_reach_are_shown(here: Unit) -> None:
    mine = a_body()
    manager, person = make.user(Role.ADMINISTRATOR, body=mine), _officer(None, mine)
    Grant.objects.create(user=person, role=Role.PROVINCE_OFFICER, unit=here)
    (found,) = [one for one in queries.manageable_users(manager) if one == person]
    assert [grant.body for grant in found.grants.all()] == [mine]


def test_people_with_an_account_alone_are_found_by_their_address_and_never_listed(administrator: User) -> None:
    alone = User.objects.create(email="alone@example.org", name="Alone")
    assert alone not in queries.officers(administrator)
    assert administrator in queries.officers(administrator)
    assert list(queries.with_address(administrator, " Alone@Example.org ")) == [alone]
    manager = make.user(Role.ADMINISTRATOR, body=a_body())
    assert not queries.with_address(manager, "alone@example.org").exists()


@pytest.mark.parametrize("told", ["{email}", " {EMAIL} ", "{pk}"])
def test_an_account_is_called_by_its_exact_address_or_number(told: str, country: Unit) -> None:
    person = make.alone()
    names = {"email": person.email, "EMAIL": person.email.upper(), "pk": person.pk}
    assert queries.account_called(told.format(**names)) == person


@pytest.mark.parametrize("told", ["", "person", "person%", "0", "9" * 40, "١"])
def test_nothing_less_calls_an_account(told: str, country: Unit) -> None:
    make.alone()
    assert queries.account_called(told) is None


def test_questions_about_rights_cost_a_constant_number_of_queries(
    province_officer: User, here: Unit, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):
        queries.may(province_officer, MAY, here)
    with django_assert_num_queries(3):
        queries.scope(province_officer, MAY)


def test_who_sees_data_of_persons_needs_a_second_factor(country: Unit) -> None:
    officer = make.user(Role.REGISTRY_OFFICER, sample=False)
    assert queries.lacks_second_factor(officer)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert queries.lacks_second_factor(officer)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    assert not queries.lacks_second_factor(officer)


def test_who_sees_no_data_of_persons_needs_none(country: Unit) -> None:
    assert not queries.lacks_second_factor(make.user(Role.CURATOR, sample=False))


def test_sample_accounts_are_let_off_on_loopback_only(registry_officer: User, settings: object) -> None:
    assert not queries.lacks_second_factor(registry_officer)
    settings.SOYOL_LOOPBACK = False
    assert queries.lacks_second_factor(registry_officer)


def test_grants_are_shown_with_their_state(registry_officer: User, administrator: User) -> None:
    today = timezone.localdate()
    for values in (
        {"valid_from": today + timedelta(1)},
        {"valid_from": today - timedelta(2), "valid_to": today - timedelta(1)},
        {"ended_at": timezone.now()},
    ):
        Grant.objects.create(user=registry_officer, role=Role.CURATOR, **values)
    shown = queries.standings(queries.grants_to_show(administrator).filter(user=registry_officer).order_by("id"))
    assert [standing.state for standing in shown] == ["current", "coming", "over", "ended"]


def test_who_may_not_see_accounts_sees_no_grant(province_officer: User) -> None:
    assert not queries.grants_to_show(province_officer).exists()
    assert not queries.manageable_users(province_officer).exists()
    assert not queries.open_invitations(province_officer).exists()
