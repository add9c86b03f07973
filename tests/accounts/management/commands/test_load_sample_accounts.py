"""The commands that make accounts."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from soyol.accounts.cast import CAST, officers_of
from soyol.accounts.choices import Role
from soyol.accounts.models import Grant, User
from soyol.places.models import Unit

pytestmark = pytest.mark.django_db


def _links() -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("load_sample_accounts", json=True, stdout=out)
    found: list[dict[str, str]] = json.loads(out.getvalue())
    return found


def test_everybody_of_the_cast_gets_a_link_that_works(country: Unit, settings: object) -> None:
    links = _links()
    assert [link["name"].split(",")[0] for link in links] == [player.name_in("en") for player in CAST]
    for player, link in zip(CAST, links, strict=True):
        client = Client(headers={"Host": "localhost"})
        assert client.post(link["path"]).status_code == 302
        assert User.objects.get(pk=client.session["_auth_user_id"]).name == player.name_in(settings.LANGUAGE_CODE)


def test_the_officers_are_of_the_provinces_told_with_the_samples(settings: object) -> None:
    wanted = officers_of(settings.ROOT / "samples/samples.toml", settings.SOYOL_PACK)
    call_command("load_pack", stdout=io.StringIO())
    _links()
    units = Grant.objects.filter(role=Role.PROVINCE_OFFICER).values_list("unit", flat=True)
    assert sorted(units) == sorted(wanted)


def test_loading_again_makes_new_links_and_no_new_accounts(country: Unit) -> None:
    first, second = _links(), _links()
    assert User.objects.count() == Grant.objects.count() == len(CAST)
    assert Client(headers={"Host": "localhost"}).post(first[0]["path"]).status_code == 410
    assert Client(headers={"Host": "localhost"}).post(second[0]["path"]).status_code == 302


def test_where_others_reach_the_site_there_are_no_links(country: Unit, settings: object) -> None:
    settings.SOYOL_LOOPBACK = False
    with pytest.raises(CommandError, match="only this machine reaches"):
        call_command("load_sample_accounts")


def test_the_first_administrator_is_made_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("steppe-horses-forty-seven\n"))
    call_command("create_administrator", email="a@example.org", name="A", stdout=io.StringIO())
    assert User.objects.get().check_password("steppe-horses-forty-seven")


def test_a_weak_password_is_refused_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="12"):
        call_command("create_administrator", email="a@example.org", name="A")
    assert not User.objects.exists()
