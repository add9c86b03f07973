"""From rows to records: values by the pack, problems by row, nothing lost."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from soyol import packs
from soyol.intake import Cancelled, Mapping, Reading, Staged, read, recognise, stage, staging
from soyol.lib import words
from soyol.linkage import schema

pytestmark = pytest.mark.usefixtures("reads_here")
MN = packs.load("mn")
TODAY = dt.date(2026, 11, 1)

Stager = Callable[..., tuple[pl.DataFrame, pl.DataFrame, Staged]]


@pytest.fixture
def staged(tmp_path: Path) -> Stager:
    """Write a text as a file, read, recognise and stage it."""

    def stager(text: str, **options: Any) -> tuple[pl.DataFrame, pl.DataFrame, Staged]:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        reading = read(path, tmp_path / "raw")
        mapping = options.pop("mapping", None) or recognise(reading, MN)
        done = stage(reading, mapping, MN, tmp_path / "staged", today=TODAY, **options)
        return done.frame(), pl.read_parquet(done.problems), done

    return stager


def told(problems: pl.DataFrame) -> list[tuple[int | None, str | None, str | None, str]]:
    return [
        (row["row"], row["column"], row["value"], row["problem"].removeprefix("intake.")) for row in problems.to_dicts()
    ]


PEOPLE = """Эцгийн нэр;Нэр;Регистр;Төрсөн огноо;Хүйс;Утас;И-мэйл;Аймаг;Сум;Мэргэжил;Байгууллага;Зөвшөөрөл
Доржийн;Бат;ЪЬ85031215;1985.03.12;эр;9911-2233, 88112233;B@Example.org;Увс;Улаангом;Дуучин;Драмын театр;Тийм
"""


@pytest.mark.long
def test_one_person(staged: Stager) -> None:
    records, problems, done = staged(PEOPLE)
    row = {name: value for name, value in records.row(0, named=True).items() if value is not None}
    assert row == {
        "record_id": 1, "source": "list", "sheet": "", "row": 1, "line": 2, "kind": "person",
        "name": "Дорж Бат", "given_name": "Бат", "surname": "Дорж", "name_order": "known",
        "person_number": "ЪЬ85031215", "person_number_status": "shape_only", "birth_date": "1985-03-12",
        "phones": ["+97699112233", "+97688112233"], "emails": ["b@example.org"], "unit": "8501",
        "occupations": ["singer"], "domains": ["B"], "areas": ["performing_arts"], "employer": "Драмын театр",
        "gender": "male", "consent": True,
    }  # fmt: skip
    assert dict(records.schema) == schema.RECORD_COLUMNS
    assert (problems.height, done.records_count, done.kinds) == (0, 1, {"person": 1})


@pytest.mark.long
def test_every_doubt_is_told_by_row_column_and_value(staged: Stager) -> None:
    good = "Дорж;Бат;ЪЬ85031215;1985.03.12;эр;99112233;b@example.org;Увс;Улаангом;Дуучин;Театр;Тийм\n"
    bad = "Дорж;Сүх;ЪЬ85991215;1985.13.40;эрр;991;b-example.org;Атлантис;;Нисгэгч;Театр;магадгүй\n"
    _, problems, done = staged(PEOPLE + good.replace("Бат", "Бат2") + good.replace("Бат", "Бат3") + bad)
    assert set(told(problems)) == {
        (4, "Регистр", "ЪЬ85991215", "person_number"),
        (4, "Хүйс", "эрр", "gender"),
        (4, "Төрсөн огноо", "1985.13.40", "date"),
        (4, "Утас", "991", "phone"),
        (4, "И-мэйл", "b-example.org", "email"),
        (4, "Аймаг, Сум", "Атлантис", "unit"),
        (4, "Мэргэжил", "Нисгэгч", "occupation"),
        (4, "Зөвшөөрөл", "магадгүй", "consent"),
    }
    assert problems.height == 8
    assert done.by_problem["intake.person_number"] == 1
    for row in problems.to_dicts():
        for lang in ("mn", "en"):
            assert words.say(row["problem"], json.loads(row["params"]), lang)
            assert words.say(row["way_out"], json.loads(row["params"]), lang)


@pytest.mark.long
def test_totals_repeated_headings_and_equal_rows_are_told_and_counted(staged: Stager) -> None:
    text = (
        "№,Овог нэр,Утас\n1,Дорж Бат,99112233\n№,Овог нэр,Утас\n2,Пүрэв Сүх,88112233\n3,Дорж Бат,99112233\n,Нийт: 3,\n"
    )
    records, problems, done = staged(text)
    assert records["row"].to_list() == [1, 3, 4]
    assert told(problems) == [
        (2, None, None, "repeated_header"),
        (5, None, "Нийт: 3", "total_row"),
        (4, None, None, "same_row"),
    ]
    assert json.loads(problems["params"][2]) == {"first": 1}
    assert (done.rows, done.records_count, done.totals) == (5, 3, 1)


@pytest.mark.long
def test_persons_and_bodies_in_one_list(staged: Stager) -> None:
    text = (
        "Нэр;Регистр;Утас\n"
        "Доржийн Бат;ЪЬ85031215;99112233\n"
        "«Мөнх тэнгэр» ХХК;0012345;70112233\n"
        "Пүрэв Сүх;;88112233\n"
        "Соёлын өв хамгаалах ТББ;;77112233\n"
        "«Сїїн далай» хамтлаг;;66112233\n"
    )
    records, _, done = staged(text)
    assert records["kind"].to_list() == ["person", "organisation", "person", "organisation", "group"]
    assert records["org_form"].to_list() == [None, "llc", None, "ngo", "group"]
    assert records["org_name"].to_list()[:4] == [None, "Мөнх тэнгэр", None, "Соёлын өв хамгаалах"]
    assert records["name"].to_list()[-1] == "«Сүүн далай» хамтлаг"
    assert records["company_number"].to_list() == [None, "0012345", None, None, None]
    assert records["person_number"].to_list() == ["ЪЬ85031215", None, None, None, None]
    assert done.kinds == {"organisation": 2, "person": 2, "group": 1}


def test_in_the_list_of_a_province_a_name_means_what_is_there(staged: Stager) -> None:
    text = "Нэр,Сум\nДорж Бат,Мөрөн\nПүрэв Сүх,Тариалан сум\nСүхээ Болд,Увс аймгийн Тариалан\nЛхагва Цэцэг,Хатгал\n"
    khuvsgul = MN.units.match_one("Хөвсгөл аймаг")
    places = {}
    for home in (None, khuvsgul):
        records, problems, _ = staged(text, home=home)
        places[home] = [code and MN.units.by_code[code].parent for code in records["unit"]]
        assert [row for row, *_ in told(problems)] == ([1, 2, 4] if home is None else [4])
    uvs = MN.units.by_code[MN.units.match_one("Увс аймгийн Тариалан") or ""].parent
    assert places == {None: [None, None, uvs, None], khuvsgul: [khuvsgul, khuvsgul, uvs, None]}


def test_a_name_of_several_places_is_told_with_them_unless_the_title_says_which(staged: Stager) -> None:
    rows = "Нэр,Сум,Утас\nДорж Бат,Тариалан,99112233\nПүрэв Сүх,Атлантис,88112233\n"
    records, problems, _ = staged(rows)
    assert records["unit"].to_list() == [None, None]
    assert [(row, code) for row, _, _, code in told(problems)] == [(1, "unit_several"), (2, "unit")]
    units = json.loads(problems.filter(pl.col("problem") == "intake.unit_several")["params"][0])["units"]
    assert units == "Хөвсгөл, Тариалан; Увс, Тариалан"
    records, problems, _ = staged(f"Увс аймгийн уран бүтээлчид,,\n{rows}")
    assert [(row, code) for row, _, _, code in told(problems) if row] == [(2, "unit")]
    assert [code and MN.units.by_code[code].names["mn"] for code in records["unit"]] == ["Тариалан", None]


@pytest.mark.parametrize(
    ("sheet", "title", "place"),
    [
        ("Улаангом", "", "Улаангом"),
        ("Тариалан", "Увс аймаг, соёлын ажилтнууд", "Тариалан"),
        ("Тариалан", "Хөвсгөл аймаг", "Тариалан"),
        ("Sheet1", "Улаанбаатар, 2017 он", None),
        ("Жагсаалт", "", None),
    ],
)
def test_rows_without_a_place_are_of_the_place_that_the_sheet_is_named_after(
    sheet: str, title: str, place: str | None, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    page = book.add_worksheet(sheet)
    rows = [["Нэр", "Утас"], ["Ганболд Бат", "99112233"], ["Дорж Сүх", "88112233"]]
    for line, row in enumerate([[title], *rows] if title else rows):
        page.write_row(line, 0, row)
    book.close()
    pack = packs.load("mn")
    reading = read(tmp_path / "list.xlsx", tmp_path / "raw")
    done = stage(reading, recognise(reading, pack), pack, tmp_path / "staged")
    units = set(done.frame()["unit"].to_list())
    named = {pack.units.by_code[code].names["mn"] for code in units if code}
    assert (named, None in units) == (({place}, False) if place else (set(), True))
    assert ("intake.place_of_sheet" in done.by_problem) == bool(place)
    if title.startswith("Х"):
        assert pack.units.by_code[units.pop()].parent == pack.units.match_one("Хөвсгөл аймаг")


def test_a_surname_alone_is_told(staged: Stager) -> None:
    records, problems, _ = staged("Овог,Нэр,Утас\nДорж,Бат,99112233\nЧойжил,,88112233\n,Сүх,77112233\n")
    assert records["name"].to_list() == ["Дорж Бат", "Чойжил", "Сүх"]
    assert told(problems) == [(2, None, "Чойжил", "no_given_name")]


def test_a_place_that_says_nothing_beside_another_is_told(staged: Stager) -> None:
    rows = ["Бат,Увс,Улаангом", "Дорж,Увс,Улаангм", "Сүх,Увс,3-р баг", "Дулам,Булган,Булган", "Очир,,Улаангом"]
    records, problems, _ = staged("Нэр,Аймаг,Сум\n" + "\n".join(rows) + "\n")
    assert [each for each in told(problems) if each[3] == "unit"] == [(2, "Сум", "Улаангм", "unit")]
    assert records["unit"].null_count() == 0


def test_the_line_of_who_drew_the_list_up_is_no_record(staged: Stager) -> None:
    signed = "Судалгаа гаргасан: мэргэжилтэн ........ /Б.Туяа/"
    records, problems, done = staged(f"Овог нэр,Утас,Сум\nДорж Бат,99112233,Улаангом\n,,\n{signed},,\nХянасан Бат,,\n")
    assert records["name"].to_list() == ["Дорж Бат", "Хянасан Бат"]
    assert [each[2:] for each in told(problems)] == [(signed, "signature_row")]
    assert (done.rows, done.totals) == (3, 0)


@pytest.mark.parametrize("heading", ["Овог нэр", "Овог;Нэр"])
def test_a_number_of_a_person_is_no_name(staged: Stager, heading: str) -> None:
    gap = ";" * heading.count(";")
    text = f"{heading};Утас\n{gap}Дорж;99112233\n{gap}ЪЬ61071862;88112233\n{gap}Бат;77112233\n"
    records, problems, _ = staged(text)
    assert records["name"].to_list() == ["Дорж", None, "Бат"]
    assert [(row, problem) for row, _, _, problem in told(problems)] == [(2, "no_name")]
    assert "61071862" not in str(records.to_dicts())


def test_bodies_among_given_names_are_bodies(staged: Stager) -> None:
    text = (
        "Овог;Нэр;Утас\nДорж;Бат;99112233\n;Говь-Алтай театр;88112233\n;«Мөнх тэнгэр» ХХК;77112233\n"
        ";Соёлын өв хамгаалах ТББ;66112233\n;Сүхээ;55112233\nПүрэв;Сүх;\n"
    )
    records, problems, _ = staged(text)
    body = "organisation"
    assert records["kind"].to_list() == ["person", body, body, body, "person", "person"]
    assert records["org_name"].to_list()[2:4] == ["Мөнх тэнгэр", "Соёлын өв хамгаалах"]
    assert records["given_name"].to_list() == ["Бат", None, None, None, "Сүхээ", "Сүх"]
    assert told(problems) == []


def test_a_group_among_people_says_so_where_they_have_their_trade(staged: Stager) -> None:
    people = "Дорж Бат;Дуучин;99112233\nСүүн далай;Хамтлаг;88112233\nПүрэв Сүх;Уран бүтээлч;\n"
    text = f"Овог нэр;Мэргэжил;Утас\n{people}«Мөнх тэнгэр» ХХК;;77112233\n"
    records, problems, _ = staged(text)
    assert records["kind"].to_list() == ["person", "group", "person", "organisation"]
    assert records["name"].to_list()[1] == "Сүүн далай"
    assert told(problems) == []


def test_birth_date_and_register_number_must_not_contradict(staged: Stager) -> None:
    lines = "Дорж;Бат;ЪЬ85031215;1985\nДорж;Сүх;ЪЬ85031215;1979-01-05\nДорж;Цэцэг;ЪЬ85031215;\n"
    records, problems, _ = staged("Эцгийн нэр;Нэр;Регистр;Төрсөн огноо\n" + lines)
    assert records["birth_date"].to_list() == ["1985-03-12", "1979-01-05", "1985-03-12"]
    assert told(problems) == [(2, None, "1979-01-05", "birth_contradiction")]
    assert json.loads(problems["params"][0]) == {"given": "1979-01-05", "by_number": "1985-03-12"}


def test_letters_of_old_keyboards_are_put_right_wherever_words_stand(staged: Stager) -> None:
    text = "Эцгийн нэр,Нэр,Албан тушаал,Ажлын газар\nДорж,Бат,Ерєнхий уран бїтээлч,Завхан аймгийн тєв театр\n"
    records, _, _ = staged(text)
    assert records["role"].to_list() == ["Ерөнхий уран бүтээлч"]
    assert records["employer"].to_list() == ["Завхан аймгийн төв театр"]


def test_a_date_in_the_future_is_told_and_not_used(staged: Stager) -> None:
    records, problems, _ = staged("Эцгийн нэр;Нэр;Төрсөн огноо\nДорж;Бат;2099-12-31\nДорж;Сүх;1979-01-05\n")
    assert records["birth_date"].to_list() == [None, "1979-01-05"]
    assert told(problems) == [(1, "Төрсөн огноо", "2099-12-31", "date_future")]


@pytest.mark.long
def test_letters_are_mended_and_told_once(staged: Stager) -> None:
    scrambled = "Цэцэг".encode().decode("latin-1")
    text = (
        f"Овог нэр,Утас,Тэмдэглэл\nДорж Бат,99112233,{scrambled}\nПүрэв Сүх,88112233,б?тээл\nОчир Өлзий,77112233,#N/A\n"
    )
    records, problems, _ = staged(text)
    assert records["note"].to_list() == ["Цэцэг", "б?тээл", None]
    assert told(problems) == [
        (1, "Тэмдэглэл", scrambled, "mojibake"),
        (2, "Тэмдэглэл", "б?тээл", "lost_letters"),
        (3, "Тэмдэглэл", "#N/A", "error_cell"),
    ]


def test_old_keyboards_and_decomposed_letters(staged: Stager) -> None:
    records, _, _ = staged("Эцгийн нэр,Нэр,Утас\nєнєр,Їїр,99112233\nДорж,Айсэл,9.9112244E+07\n")
    assert records["surname"].to_list() == ["Өнөр", "Дорж"]
    assert records["given_name"].to_list() == ["Үүр", "Айсэл"]
    assert records["phones"].to_list() == [["+97699112233"], ["+97699112244"]]


@pytest.mark.long
def test_rows_without_a_name_are_told_and_kept_when_something_else_tells_who(staged: Stager) -> None:
    records, problems, _ = staged("Овог нэр,Утас,Тэмдэглэл\nДорж Бат,99112233,\n,88112233,\n,,зөвхөн тайлбар\n")
    assert records["row"].to_list() == [1, 2]
    assert [row for row, _, _, code in told(problems) if code == "no_name"] == [2, 3]


@pytest.mark.long
def test_dates_of_bodies_are_their_founding(staged: Stager) -> None:
    text = "Нэр;Төрөл;Төрсөн / байгуулагдсан он\nДорж Бат;иргэн;1985\nМөнх тэнгэр ХХК;хуулийн этгээд;2010\n"
    records, _, _ = staged(text)
    assert records.select("kind", "birth_date", "founded").rows() == [
        ("person", "1985", None),
        ("organisation", None, "2010"),
    ]


@pytest.mark.long
def test_small_batches_give_the_same_as_one(staged: Stager, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(
        f"Дорж;Бат{n};ЪЬ85031215;1985.03.12;эр;9911{n:04};b{n}@example.org;Увс;Улаангом;Дуучин;Театр;Тийм\n"
        for n in range(3000)
    )
    from soyol.intake import encodings

    whole, told_whole, _ = staged(PEOPLE + lines)
    monkeypatch.setattr(staging, "BATCH", 1)
    monkeypatch.setattr(encodings, "BLOCK", 10_000)
    parts, told_parts, _ = staged(PEOPLE + lines)
    assert parts.equals(whole)
    assert told_parts.equals(told_whole)


@pytest.mark.long
def test_staging_can_be_cancelled(staged: Stager) -> None:
    with pytest.raises(Cancelled):
        staged(PEOPLE, cancelled=lambda: True)


def test_a_mapping_by_hand_decides(staged: Stager) -> None:
    mapping = Mapping.from_json('{"kind": "person", "columns": {"Нэр": "name"}}')
    records, _, _ = staged(PEOPLE, mapping=mapping)
    assert records.select("name", "phones", "surname").row(0) == ("Бат", None, None)


@pytest.mark.long
def test_footnotes_in_the_column_of_numbers_are_shown_and_are_no_equal_rows(staged: Stager) -> None:
    rows = "".join(f"{n},Дорж Бат{n},9911223{n}\n" for n in range(1, 6))
    _, problems, done = staged(f"№,Овог нэр,Утас\n{rows}* Тайлбар нэг,,\n** Тайлбар хоёр,,\n")
    assert done.records_count == 5
    assert told(problems) == [(6, None, "* Тайлбар нэг", "no_name"), (7, None, "** Тайлбар хоёр", "no_name")]


@pytest.mark.long
def test_batches_are_bounded_by_the_bytes_of_their_chunks(
    tmp_path: Path, staged: Stager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soyol.intake.chunks.CHUNK_BYTES", 1000)
    monkeypatch.setattr(staging, "BATCH_BYTES", 5000)
    _, _, done = staged(PEOPLE + PEOPLE.splitlines()[1] * 1 + "\n" + "Дорж;Сүх;;;;;;;;;;\n" * 60)
    assert done.rows == 62
    reading = Reading.load(tmp_path / "raw")
    parts = list(staging._Stage(reading, Mapping(()), MN, "2026-11-01").parts())
    assert len(parts) > 1
    assert [chunk for part in parts for chunk in part.chunks] == list(reading.sheets[0].chunks)
