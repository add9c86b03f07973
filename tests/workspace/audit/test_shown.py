"""Entries of the audit in words."""

from datetime import date

import pytest
from django.utils.translation import override

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.audit import By
from soyol.audit.actions import record
from soyol.audit.models import Entry
from soyol.workspace.audit.labels import INNER, KEYS
from soyol.workspace.audit.shown import Shown, shown
from soyol.workspace.looks import ENTRY, as_of, purpose_words
from tests.workspace.conftest import TOLD, World
from tests.workspace.house import furnished

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]

EVERYTHING = frozenset({"see_accounts", "see_jobs", "see_registry", "see_sources"})


def _one(action: str, may: frozenset[str] = EVERYTHING) -> Shown:
    return shown(Entry.objects.filter(action=action)[:1], may)[0]


def test_every_detail_of_a_house_in_use_has_words(world: World) -> None:
    furnished(world)
    entries = list(Entry.objects.all())
    keys = {key for entry in entries if entry.sealed_detail is None for key in entry.told}
    assert keys - set(KEYS) - INNER == set()
    with override("mn"):
        told = shown(entries, EVERYTHING)
    raw = [(one.entry.action, name, said) for one in told for name, said in one.details if set("{}[]") & set(said)]
    assert raw == []
    assert [one.entry.target for one in told if one.target.name == one.entry.target] == []


def test_an_entry_says_what_was_done_to_which_thing_with_a_link(world: World) -> None:
    house = furnished(world)
    administrator, curator = house.cast["administrator"], house.cast["curator"]
    assert administrator is not None
    assert curator is not None
    accounts.give(by=administrator, user=curator, role=Role.ARTIST, valid_from=date(2026, 11, 22))
    with override("en"):
        role, job, merge = (_one(code) for code in ("accounts.grant.give", "jobs.job.enqueue", "registry.actor.merge"))
    told = dict(role.details)
    assert (told["Role"], told["Account"], "22" in told["From"]) == ("artist", curator.name, True)
    assert (role.who, role.target.name) == (administrator.name, f"{curator.name}: artist")
    assert (job.target.href, dict(job.details)["Kind"]) == (f"/desk/work/{_number(job)}/", job.target.name)
    assert merge.target.href == f"/desk/entries/{world.person.number}/"
    assert TOLD.surname not in merge.target.name


def _number(one: Shown) -> str:
    return one.entry.target.partition(":")[2]


def test_no_link_is_offered_to_a_page_that_the_reader_may_not_open(world: World) -> None:
    furnished(world)
    assert _one("registry.actor.merge", EVERYTHING - {"see_registry"}).target.href == ""
    assert _one("jobs.job.enqueue", frozenset()).target.href == ""


def test_details_with_values_of_persons_stay_sealed(world: World) -> None:
    furnished(world)
    invited = _one("accounts.invitation.send")
    assert (invited.details, invited.sealed) == ([], True)


def test_what_a_look_was_for_is_said_in_words_or_as_somebody_wrote_it() -> None:
    with override("en"):
        assert purpose_words(as_of(date(2020, 1, 31))).startswith("the entry as of ")
        assert purpose_words(ENTRY) != ENTRY
        assert purpose_words("A passport") == "A passport"


def test_a_backup_and_a_restore_are_told_in_words() -> None:
    told = {"size": 2_000_000, "made_at": "2026-11-27T09:40:29+00:00", "doubts": 0}
    by, target = By.system("backup"), "backups.Backup:0123456789abcdef"
    record(by, "backups.backup.make", target, told)
    accounts.end_all_sessions(by=By.system("restore"))
    with override("en"):
        made, ended = _one("backups.backup.make"), _one("accounts.session.end_all")
    assert (made.action, made.target.name) == ("Made a backup", "backup 0123456789abcdef")
    assert {name for name, _said in made.details} == {"Size (bytes)", "As things were at", "Things to look after"}
    assert not any("T09:40" in said for _name, said in made.details)
    assert (ended.who, ended.target.name) == ("The system (return from a backup)", "all sessions")
