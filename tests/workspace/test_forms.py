"""Mass assignment: every writable door is sent its good form with every name of a field of every model beside it.

What changes is what changes without them: no column, no row and no file more.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from soyol.accounts.models import User
from tests.workspace.conftest import World
from tests.workspace.house import CAST, Asker, House, furnished
from tests.workspace.test_truth_tables import _form
from tests.workspace.truth import SAME, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.usefixtures("reads_here")]
Signed = Callable[[User | None], Client]
#: Names that a form could be fooled by, besides those of the models.
NAMES = {
    "pk", "id", "is_sample", "is_active", "is_staff", "is_superuser", "standing", "trust", "role", "held_by",
    "permissions",
    "groups", "user", "user_id", "by", "by_id", "on_behalf", "grant", "scope", "units", "next_state", "public",
}  # fmt: skip
#: Fields of a form that stand outside of it on its page.
ASKED_ELSEWHERE = {"/desk/review/{question}/answer/": {"note"}}
#: Tables of the framework, and what differs from one answer to the next by itself.
APART = {"sessions.Session", "contenttypes.ContentType"}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LINK = re.compile(r"(?:(?<=/invitation/)|(?<=/recover/)|(?<=/end/)|(?<=/still/))[^/\s]+")
RANDOM = re.compile(r"digest|sha256|salt|password|token|lease|secret|^(identity_key|content_hash)$")


def _field_names() -> set[str]:
    names = set(NAMES)
    for model in apps.get_models():
        for field in model._meta.get_fields():
            names |= {field.name, getattr(field, "attname", field.name)}
    return names


def _state() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; times, secrets and sealed texts as whether they are there."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in APART or not model._meta.managed:
            continue
        rows = []
        for row in model._base_manager.order_by("pk"):
            told = {}
            for field in model._meta.concrete_fields:
                value = row.__dict__[field.attname]
                told[field.attname] = _plain(field.name, value)
            rows.append(told)
        found[model._meta.label] = sorted(rows, key=str)
    return found


def _plain(name: str, value: Any) -> Any:
    if RANDOM.search(name) or hasattr(value, "hour") or hasattr(value, "hex"):
        return value is not None
    return LINK.sub("", UUID.sub("", str(value)))


class Changing(Asker):
    """Asks, and tells what every table holds before the answer is undone."""

    def after(self, address: str, told: dict[str, object]) -> tuple[int, dict[str, list[dict[str, Any]]]]:
        held: dict[str, list[dict[str, Any]]] = {}
        undo = transaction.set_rollback

        def noting(rollback: bool, using: str | None = None) -> None:
            held.update(_state())
            undo(rollback, using)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transaction, "set_rollback", noting)
            status, _body = self.ask("POST", address, told)
        return status, held


def _writable(who: int) -> Iterator[str]:
    for get, post, addresses in TABLE:
        answers = (post or get).split()
        for address in addresses:
            if (post != SAME and answers[who] in {"200", "302"}) or "/change/" in address:
                yield address


def _difference(one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What differs, column by column."""
    found = []
    for label, rows in one.items():
        if len(rows) != len(other[label]):
            found.append(f"{label}: {len(rows)} rows, {len(other[label])} with the fields beside")
        for a, b in zip(rows, other[label], strict=False):
            found += [f"{label}.{name}: {a[name]} {b[name]}" for name in a if a[name] != b[name]]
    return found


@pytest.mark.parametrize("who", ["registry_officer", "administrator", "artist"])
def test_no_field_beside_a_form_changes_anything(who: str, world: World, client_of: Signed) -> None:
    house = furnished(world)
    asker, wrong, changed = Changing(client_of(house.cast[who])), {}, set()
    before = _state()
    for address in _writable(CAST.index(who)):
        here = address.format(**house.numbers)
        good = _form(address, house)
        _set_numbers(house)
        status, alone = asker.after(here, good)
        known = _own_names(asker, here) | ASKED_ELSEWHERE.get(address, set())
        for value in ("1", "administrator"):
            _set_numbers(house)
            beside = dict.fromkeys(_field_names() - set(good) - known, value)
            again = _form(address, house)  # a file that was read is at its end
            told = asker.after(here, {**beside, **again})
            if (status, alone) != told:
                wrong[address, value] = status, told[0], _difference(alone, told[1])[:3]
        if alone and alone != before:
            changed.add(address)
    assert wrong == {}
    assert len(changed) >= {"registry_officer": 25, "administrator": 6, "artist": 8}[who]


def _own_names(asker: Asker, address: str) -> set[str]:
    """The names of fields that the form of this very address asks for on its page: no strangers to it."""
    found: set[str] = set()
    for page in {address, re.sub(r"[^/]+/$", "", address)}:
        _status, body = asker.ask("GET", page, {})
        for attributes, inside in re.findall(r"<form([^>]*)>(.*?)</form>", body, re.S):
            if f'action="{address}"' in attributes or ("action=" not in attributes and page == address):
                found |= set(re.findall(r'name="([^"]+)"', inside))
    return found


def _set_numbers(house: House) -> None:
    """Rows that both answers make get the same numbers."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, coalesce(last_value, 1) FROM pg_sequences WHERE schemaname = 'public'")
        known = _numbers.setdefault(id(house), dict(cursor.fetchall()))
        for name, last in known.items():
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', last])


_numbers: dict[int, dict[str, int]] = {}
