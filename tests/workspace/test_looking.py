"""Whoever is seen on a page of the desk is written down first: one entry for each of them and each view."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.places.models import Unit
from soyol.registry.models import Actor
from soyol.rights.queries import looks as looks_at
from soyol.workspace import looks
from tests.factories import registry as make
from tests.workspace.conftest import TOLD, World
from tests.workspace.house import Asker, House, furnished
from tests.workspace.truth import FORMS, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
#: Names of the private people of the house, whoever of them it is.
NAMES = (TOLD.person, TOLD.shown)
#: Further views than the addresses by themselves.
MORE = ("/desk/entries/?q={asked}", "/desk/entries/?day={today}", "/desk/entries/{person}/as-of/?day={today}")
#: What answers a POST with a page.
POSTED = ("/desk/entries/add/here/", "/desk/files/{fresh}/columns/preview/")


def _looks() -> list[Entry]:
    return list(Entry.objects.filter(kind=EntryKind.LOOKED).order_by("pk"))


class Watching(Asker):
    """Asks, and tells which looks the answer left behind before they are undone."""

    looked: list[Entry] = []
    #: For whom it is also counted what they would be told of the answer, and how many lines that are.
    whose: Actor | None = None
    lines = 0

    def ask(self, method: str, address: str, told: dict[str, object]) -> tuple[int, str]:
        before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with self._kept(before):
            return super().ask(method, address, told)

    @contextmanager
    def _kept(self, before: int) -> Iterator[None]:
        from django.db import transaction

        undo = transaction.set_rollback

        def noting(rollback: bool, using: str | None = None) -> None:
            self.looked = [entry for entry in _looks() if entry.pk > before]
            self.lines = looks_at(self.whose).count if self.whose else 0
            undo(rollback, using)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transaction, "set_rollback", noting)
            yield


def _views(house: House) -> Iterator[tuple[str, str, dict[str, object]]]:
    for _get, _post, addresses in TABLE:
        for address in addresses:
            if address.startswith("/desk/"):
                yield "GET", address, {}
    yield from (("GET", address, {}) for address in MORE)
    for address in POSTED:
        yield "POST", address, {name: value.format(**house.numbers) for name, value in FORMS.get(address, {}).items()}


@pytest.mark.long
@pytest.mark.parametrize("who", ["registry_officer", "province_officer"])
def test_each_view_that_names_somebody_leaves_one_look_at_each_of_them(
    who: str, world: World, client_of: Signed
) -> None:
    house = furnished(world)
    officer, asker = house.cast[who], Watching(client_of(house.cast[who]))
    wrong, named = {}, 0
    for method, address, told in _views(house):
        status, body = asker.ask(method, address.format(**house.numbers), told)
        twice = [entry for entry, n in Counter((e.target, e.told["purpose"]) for e in asker.looked).items() if n > 1]
        unclear = [
            entry.pk
            for entry in asker.looked
            if entry.actor_id != str(officer and officer.pk)
            or not (entry.on_behalf and entry.told["purpose"] and entry.told["fields"])
        ]
        if any(name in body for name in NAMES):
            named += 1
            if status == 200 and not asker.looked:
                wrong[method, address] = "named nobody in the audit"
        if twice or unclear:
            wrong[method, address] = f"{twice} {unclear}"
    assert wrong == {}
    assert named >= 12


@pytest.mark.long
def test_of_one_person_every_view_tells_once_whose_data_it_was(world: World, client_of: Signed) -> None:
    house = furnished(world)
    asker = Watching(client_of(house.cast["registry_officer"]))
    asker.whose = world.person
    mine = {"registry.Actor:" + str(house.numbers["person"])}
    files = {f"sources.Batch:{house.numbers[name]}" for name in ("fresh", "owned_fresh", "batch", "national_batch")}
    records = {f"sources.SourceRecord:{pk}" for pk in world.local.records.values_list("pk", flat=True)}
    answers = {f"surveys.Submission:{house.numbers['submission']}"}  # nobody's yet, as the rows of a file
    wrong = {}
    for method, address, told in _views(house):
        status, body = asker.ask(method, address.format(**house.numbers), told)
        targets = Counter(entry.target for entry in asker.looked)
        if TOLD.person in body and status == 200 and not (set(targets) & (mine | files | records | answers)):
            wrong[method, address] = targets
        if any(targets[each] > 1 for each in mine) or asker.lines > 1 or (asker.lines == 0 and set(targets) & mine):
            wrong[method, address] = targets
    assert wrong == {}


@pytest.mark.long
def test_where_a_look_cannot_be_written_nobody_is_shown(
    world: World, client_of: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = furnished(world)
    asker = Asker(client_of(house.cast["registry_officer"]))
    asker.client.raise_request_exception = False

    def broken(*_args: object, **_options: object) -> None:
        raise OSError("the audit cannot be written")

    monkeypatch.setattr("soyol.audit.actions.looked", broken)
    shown = set()
    for method, address, told in _views(house):
        _status, body = asker.ask(method, address.format(**house.numbers), told)
        shown |= {(method, address) for name in NAMES if name in body and name not in str(told)}
    assert shown == set()


def test_a_page_of_the_list_is_one_look_at_each_person_and_none_at_organisations(
    world: World, here: Unit, client_of: Signed
) -> None:
    make.people(world.local, [{"name": f"{TOLD.family} {n}", "unit": here.code} for n in range(12)])
    officer = world.cast["province_officer"]
    client_of(officer).get("/desk/entries/")
    found = _looks()
    assert (len(found), len({entry.target for entry in found})) == (13, 13)
    assert {entry.told["purpose"] for entry in found} == {looks.LIST}
    assert f"registry.Actor:{world.company.number}" not in {entry.target for entry in found}


def test_a_curator_who_sees_what_everybody_may_see_looks_at_nobody(world: World, client_of: Signed) -> None:
    client_of(world.cast["curator"]).get("/desk/entries/")
    assert _looks() == []


def test_a_workbook_of_the_list_is_one_look_at_each_person_in_it(world: World, client_of: Signed) -> None:
    officer = world.cast["registry_officer"]
    client_of(officer).post("/desk/entries/export/")
    assert Worker().run_one()
    job = Job.objects.get()
    person = [entry for entry in _looks() if entry.target == f"registry.Actor:{world.person.number}"]
    assert (job.state, job.result["rows"], len(person)) == ("done", 2, 1)
    [look] = person
    assert (look.actor_id, look.told["view"]) == (str(officer and officer.pk), f"jobs.Job:{job.pk}")
    assert f"registry.Actor:{world.company.number}" not in {entry.target for entry in _looks()}
