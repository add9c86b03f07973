"""Small invented lists and the pack they are read with."""

import random
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from soyol import packs
from soyol.linkage.schema import conform
from soyol.packs import Pack

Rows = list[dict[str, Any]]

SURNAMES = ("Дорж", "Бат", "Сүхээ", "Цэрэн", "Лхагва", "Ганбаатар", "Энхтуяа", "Болд", "Очир", "Самбуу")
GIVEN = (
    "Нарантуяа",
    "Мөнхзул",
    "Тэмүүлэн",
    "Оюунбилэг",
    "Анхбаяр",
    "Сарангэрэл",
    "Билгүүн",
    "Хулан",
    "Жаргал",
    "Эрдэнэ",
)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return packs.load("mn")


def table(rows: Rows) -> pl.DataFrame:
    """Records of ``rows``; record_id, source and row are filled in where a row does not say."""
    filled = [
        {"record_id": at, "source": "list", "row": at, "kind": "person", "name_order": "known"} | row
        for at, row in enumerate(rows, start=1)
    ]
    return conform(pl.DataFrame(filled, infer_schema_length=None))


def person(given: str, surname: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of a person; ``phone`` and ``email`` may be given as one value."""
    row: dict[str, Any] = {"given_name": given, "surname": surname, "name": f"{surname or ''} {given}".strip()}
    for name, column in (("phone", "phones"), ("email", "emails")):
        if name in more:
            row[column] = [more.pop(name)]
    if "person_number" in more:
        row["person_number_status"] = "shape_only"
    return row | more


def body(name: str, **more: Any) -> dict[str, Any]:
    """A row of an organisation."""
    row: dict[str, Any] = {"kind": "organisation", "name": name, "org_name": name, "name_order": None}
    for column, short in (("phones", "phone"), ("emails", "email")):
        if short in more:
            row[column] = [more.pop(short)]
    if "company_number" in more:
        row["company_number_status"] = "shape_only"
    return row | more


def crowd(count: int = 60, seed: int = 7) -> Rows:
    """People who have nothing to do with each other, a third of them in two lists: background for an estimate."""
    draw = random.Random(seed)  # noqa: S311 - invented people need no secrets
    rows: Rows = []
    for at in range(count):
        year, month, day = draw.randint(1950, 1999), draw.randint(1, 12), draw.randint(1, 28)
        who = person(
            draw.choice(GIVEN),
            draw.choice(SURNAMES),
            phone=f"+97688{at:06}",
            birth_date=f"{year}-{month:02}-{day:02}",
            person_number=f"ЪЬ{year % 100:02}{month:02}{day:02}{at % 100:02}",
            unit=draw.choice(["11", "21", "48"]),
            source="first",
        )
        rows.append(who)
        if at % 3 == 0:
            rows.append({**who, "source": "second"})
    return rows


@pytest.fixture
def groups_of() -> Callable[[pl.DataFrame], set[frozenset[int]]]:
    """The entities of a table of members as sets of record ids."""

    def groups(members: pl.DataFrame) -> set[frozenset[int]]:
        grouped = members.group_by("entity_id").agg("record_id")["record_id"].to_list()
        return {frozenset(ids) for ids in grouped}

    return groups
