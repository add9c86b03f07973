#!/usr/bin/env python3
"""Write the sample questionnaire and invented answers for each country pack; run again it writes the same bytes.

Usage: ``python samples/make_survey.py [DIRECTORY]``, with ``src`` on the Python path: places, domains and occupations
are those of the pack at the time of building.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from invented import names, world

from soyol import packs
from soyol.packs.pack import Pack

HERE = Path(__file__).parent
WRITTEN_ON = datetime(2026, 11, 1)  # noqa: DTZ001 - what a workbook says of itself has no zone
LANGUAGES = {"mn": "Монгол (mn)", "en": "English (en)"}
#: Country pack → languages of its questionnaire, the first one being its own.
SPOKEN = {"mn": ("mn", "en"), "ee": ("en",)}
COLUMNS = ("relevant", "constraint", "required", "calculation", "default", "appearance", "choice_filter")
Told = dict[str, Any]


def questionnaire() -> Told:
    """The questions as they are written down."""
    return tomllib.loads((HERE / "invented" / "makers.toml").read_text(encoding="utf-8"))


def survey_rows(told: Told, languages: tuple[str, ...]) -> Iterator[list[str]]:
    """The sheet of questions, heading first."""
    spoken = [
        f"{column}::{LANGUAGES[code]}" for column in ("label", "hint", "constraint_message") for code in languages
    ]
    yield ["type", "name", *spoken, *COLUMNS, "bind::soyol:field"]
    for row in told["row"]:
        said = [row.get(code, "") for code in languages]
        said += [row.get(f"{what}_{code}", "") for what in ("hint", "constraint") for code in languages]
        yield [row["type"], row.get("name", ""), *said, *(row.get(each, "") for each in COLUMNS), row.get("field", "")]


def choice_rows(told: Told, pack: Pack, languages: tuple[str, ...]) -> Iterator[list[str]]:
    """The sheet of choices: ours, then those of the pack with what they are filtered by."""
    yield ["list_name", "name", *(f"label::{LANGUAGES[code]}" for code in languages), "province", "domain"]
    for each in told["choice"]:
        yield [each["list"], each["name"], *(each[code] for code in languages), "", ""]
    units = pack.units
    for unit in units.sort(units.children(units.country.code), pack.languages[0].code):
        yield ["provinces", unit.code, *(unit.name(code) for code in languages), "", ""]
    for unit in units.sort(units.children(units.country.code), pack.languages[0].code):
        for inner in units.sort(units.children(unit.code), pack.languages[0].code):
            yield ["districts", inner.code, *(inner.name(code) for code in languages), unit.code, ""]
    used = {term.domain for term in pack.vocab.occupations}
    for term in pack.vocab.domains:
        if term.code in used:
            yield ["domains", term.code, *(term.name(code) for code in languages), "", ""]
    for term in pack.vocab.occupations:
        yield ["occupations", term.code, *(term.name(code) for code in languages), "", term.domain]


def write_form(path: Path, code: str) -> None:
    """Write the workbook for one country."""
    told, pack, languages = questionnaire(), packs.load(code), SPOKEN[code]
    settings = {
        "form_title": told["title"][languages[0]],
        "form_id": told["form_id"],
        "version": told["version"],
        "default_language": LANGUAGES[languages[0]],
        "namespaces": 'soyol="urn:soyol:xforms"',
    }
    sheets = {
        "survey": survey_rows(told, languages),
        "choices": choice_rows(told, pack, languages),
        "settings": iter([list(settings), list(settings.values())]),
    }
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": WRITTEN_ON})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [cell or None for cell in row])


def answers(code: str, seed: int = 2026) -> list[Told]:
    """Invented answers as KoboToolbox gives them; the people of the sample lists among them."""
    rng = Random(seed)  # noqa: S311 - a repeatable sample is wanted, not a secret
    people = _mongolians(rng) if code == "mn" else _estonians(rng)
    return [_answer(rng, packs.load(code), number, person) for number, person in enumerate(people, start=1)]


def _mongolians(rng: Random) -> list[Told]:
    made = []
    for one in rng.sample(world.build().people, 12):
        latin = rng.random() < 0.25
        said = {"parent": one.parent, "given": one.given}
        made.append(
            {
                **({key: names.romanise(text, "chat") for key, text in said.items()} if latin else said),
                "born": str(one.born.year),
                "gender": one.gender,
                "phone": one.phones[0],
                "email": one.email,
                "units": (one.aimag, one.soum),
                "consent": "yes" if one.consent else "no",
            }
        )
    made[3]["phone"] = "утасгүй, хөршийнх"
    return made


def _estonians(rng: Random) -> list[Told]:
    people = [("Järv", "Kadri"), ("Põder", "Ülo"), ("Kask", "Märt"), ("Saar", "Mart")]
    return [
        {
            "parent": surname,
            "given": given,
            "born": str(1950 + rng.randrange(50)),
            "gender": "",
            "phone": f"+372 000 {number:04d}",
            "email": f"{given[0].lower()}{number}@example.org".replace("ü", "u"),
            "units": (),
            "consent": "yes" if number % 2 else "no",
        }
        for number, (surname, given) in enumerate(people)
    ]


def _answer(rng: Random, pack: Pack, number: int, person: Told) -> Told:
    units = pack.units
    provinces = units.sort(units.children(units.country.code), pack.languages[0].code)
    province = next((unit for unit in provinces if unit.name("mn") in person["units"]), None) or rng.choice(provinces)
    districts = units.sort(units.children(province.code), pack.languages[0].code)
    district = next((unit for unit in districts if unit.name("mn") in person["units"]), None) or rng.choice(districts)
    work = rng.choice([term for term in pack.vocab.occupations if term.domain])
    told = {
        "_uuid": f"5a3b1e00-0000-4000-8000-{number:012d}",
        "_submission_time": f"2026-11-{number:02d}T09:{number:02d}:00",
        "about/informed": "OK",
        "who/kind": "person",
        "who/parent_name": person["parent"],
        "who/given_name": person["given"],
        "who/born": f"{person['born']}-01-01",
        "who/gender": person["gender"],
        "contact/phone": person["phone"],
        "contact/email": person["email"],
        "place/province": province.code,
        "place/district": district.code,
        "work/domain": work.domain,
        "work/occupations": work.code,
        "work/years": str(rng.randrange(1, 40)),
        "works": [_work(rng, at) for at in range(rng.randrange(3))],
        "last/consent": person["consent"],
        "last/wish": names.INVENTED,
    }
    return {key: value for key, value in told.items() if value != ""}


def _work(rng: Random, at: int) -> Told:
    kind = rng.choice(("performance", "film", "object", "text"))
    return {
        "works/work_title": f"{names.FEET['invented_en'].split(':')[0].title()} {at + 1}",
        "works/work_year": str(rng.randrange(1990, 2026)),
        "works/work_kind": kind,
    }


def write(into: Path) -> None:
    """Write the questionnaire and the answers of each country under ``into``."""
    for code in SPOKEN:
        folder = into / code
        folder.mkdir(parents=True, exist_ok=True)
        write_form(folder / "makers.xlsx", code)
        made = answers(code)
        # Half of them are written on the site, by themselves and by an officer; half come out of KoboToolbox.
        for name, some in (("makers-online.json", made[::2]), ("makers-kobo.json", made[1::2])):
            text = json.dumps({"results": some}, ensure_ascii=False, indent=1)
            (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "surveys")
