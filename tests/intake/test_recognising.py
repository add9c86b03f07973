"""Columns are recognised by heading and content together, in lists with headings of their own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from soyol import packs
from soyol.intake import Mapping, MappingError, Reading, recognise

pytestmark = pytest.mark.usefixtures("reads_here")
MN = packs.load("mn")
NEUTRAL = packs.load("neutral")

PEOPLE = """Д/д;Эцэг/эхийн нэр;Нэр;РД;Төрсөн он;Хүйс;Утас 1;Утас 2;И-мэйл;Аймаг;Сум;Мэргэжил;Ажлын газар
1;Дорж;Бат;ЪЬ85031215;1985;эр;99112233;88112233;b@example.org;Увс;Улаангом;Дуучин;Драмын театр
2;Пүрэв;Сүх;ЪЬ90071224;1990;эм;99112244;;s@example.org;Ховд;Булган;Зураач;Музей
3;Очир;Цэцэг;ЪЬ79010526;1979;эм;99112255;;c@example.org;Увс;Түргэн;Жүжигчин;Драмын театр
"""


def fields(mapping: Mapping, number: int = 0) -> dict[str, str | None]:
    return {column.name: column.field for column in mapping.sheets[number].columns}


@pytest.fixture
def people(read_bytes: Callable[..., Reading]) -> Reading:
    return read_bytes(PEOPLE.encode(), "people.csv")


def test_a_list_of_people(people: Reading) -> None:
    mapping = recognise(people, MN)
    assert fields(mapping) == {
        "Д/д": "serial",
        "Эцэг/эхийн нэр": "surname",
        "Нэр": "given_name",
        "РД": "person_number",
        "Төрсөн он": "birth_date",
        "Хүйс": "gender",
        "Утас 1": "phone",
        "Утас 2": "phone",
        "И-мэйл": "email",
        "Аймаг": "unit",
        "Сум": "unit",
        "Мэргэжил": "occupation",
        "Ажлын газар": "employer",
    }
    assert mapping.sheets[0].kind == "person"


def test_the_reason_can_be_said_in_both_languages(people: Reading) -> None:
    column = recognise(people, MN).sheets[0].columns[6]
    assert [why.say("en") for why in column.why] == [
        "The heading “Утас 1” is known.",
        "100 % of the values look like one.",
    ]
    assert column.why[1].say("mn") == "Утгын 100 хувь нь үүнтэй таарч байна."
    assert column.samples == ("99112233", "99112244", "99112255")


def test_content_alone_is_enough_for_telling_values(read_bytes: Callable[..., Reading]) -> None:
    lines = [f"Бат{n} Дорж,9911{n:04},b{n}@example.org" for n in range(20)]
    mapping = recognise(read_bytes(("Хэн,Яаж,Хаашаа\n" + "\n".join(lines)).encode()), MN)
    assert list(fields(mapping).values())[1:] == ["phone", "email"]


def test_content_overrules_a_wrong_heading(read_bytes: Callable[..., Reading]) -> None:
    lines = [f"Бат{n},b{n}@example.org" for n in range(20)]
    mapping = recognise(read_bytes(("Нэр,Утас\n" + "\n".join(lines)).encode()), MN)
    assert fields(mapping)["Утас"] == "email"


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Төрсөн / байгуулагдсан он", ["1985", "2001"], "begin"),
        ("Director surname", ["Дорж", "Бат"], "director"),
        ("Individual or company", ["person", "company"], "kind"),
        ("utasnii dugaar", ["99112233", "88112233"], "phone"),
        ("Т?рс?н он", ["1985", "2001"], "birth_date"),
        ("Мэргэшил", ["Дуучин", "Зураач"], "occupation"),
        ("Мэдээллийг нийтлэхийг зөвшөөрөх үү?", ["Тийм", "Үгүй"], "consent"),
    ],
)
def test_single_headings(heading: str, values: list[str], field: str, read_bytes: Callable[..., Reading]) -> None:
    lines = [f"Бат Дорж{n};{values[n % 2]}" for n in range(10)]
    mapping = recognise(read_bytes((f"Овог нэр;{heading}\n" + "\n".join(lines)).encode()), MN)
    assert fields(mapping)[heading] == field


@pytest.mark.long
def test_lists_of_museums_never_seen_before(read_bytes: Callable[..., Reading]) -> None:
    """Headings and shapes as two museums publish them, with invented people."""
    one = ["Id,DisplayName,ArtistBio,Nationality,BeginDate,EndDate,Wiki QID"]
    one += [f'{n},Ann Carter{n},"American, 19{n:02}–1999",American,19{n:02},1999,Q{n}1' for n in range(10, 40)]
    assert list(fields(recognise(read_bytes("\n".join(one).encode()), NEUTRAL)).values()) == [
        "row_id", "name", "life", "nationality", "birth_date", "death_date", "external_id",
    ]  # fmt: skip
    two = ["id,name,gender,dates,yearOfBirth,yearOfDeath,placeOfBirth"]
    two += [f'{n},"Carter{n}, Ann",Female,born 19{n},19{n},,Leeds' for n in range(10, 40)]
    assert list(fields(recognise(read_bytes("\n".join(two).encode()), NEUTRAL)).values()) == [
        "row_id", "name", "gender", "life", "birth_date", "death_date", "place_of_birth",
    ]  # fmt: skip


def test_a_list_of_bodies_is_known_by_its_numbers(read_bytes: Callable[..., Reading]) -> None:
    lines = [f"МӨНХ ТЭНГЭР {n},00{n:05},ХХК,2010-01-{n:02}" for n in range(1, 25)]
    text = "Company name / Нэр,Register No / Регистр,Legal form,Registered on / Бүртгэсэн огноо\n" + "\n".join(lines)
    mapping = recognise(read_bytes(text.encode()), MN)
    assert list(fields(mapping).values()) == ["org_name", "company_number", "org_form", "founded"]
    assert mapping.sheets[0].kind == "organisation"


def test_a_mapping_goes_through_json_unchanged(people: Reading) -> None:
    mapping = recognise(people, MN)
    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.long
def test_a_remembered_mapping_is_used_and_differences_told(people: Reading, read_bytes: Callable[..., Reading]) -> None:
    earlier = recognise(people, MN).with_fields({"Ажлын газар": "note"})
    changed = PEOPLE.replace("Утас 2", "Факсын дугаар").encode()
    mapping = recognise(read_bytes(changed, "next.csv"), MN, earlier)
    column = next(column for column in mapping.sheets[0].columns if column.name == "Ажлын газар")
    assert (column.field, column.confidence, column.why[0].code) == ("note", 1.0, "intake.why.remembered")
    assert [(each.code, each.params["column"]) for each in mapping.differences] == [
        ("intake.column_new", "Факсын дугаар"),
        ("intake.column_gone", "Утас 2"),
    ]


@pytest.mark.parametrize(("heading", "kind"), [("Овог;Нэр", "row"), ("Эцэг/эхийн нэр;Нэр", "person")])
def test_what_rows_are_is_remembered_with_the_columns_of_names_only(
    people: Reading, read_bytes: Callable[..., Reading], heading: str, kind: str
) -> None:
    earlier = recognise(people, MN)
    if kind == "row":
        earlier = Mapping((replace(earlier.sheets[0], columns=earlier.sheets[0].columns[3:]),))
    text = f"{heading};Утас 1\nДорж;Бат;99112233\n;Увс театр;88112233\nПүрэв;Сүх;77112233\n"
    assert recognise(read_bytes(text.encode(), "next.csv"), MN, earlier).sheets[0].kind == kind


def test_a_mapping_by_hand_is_short(people: Reading) -> None:
    mapping = Mapping.from_json('{"kind": "person", "columns": {"Нэр": "name", "Утас 1": "phone"}}')
    found = mapping.sheet_for(people.sheets[0])
    assert found is not None
    assert [(column.name, column.field) for column in found.columns] == [("Нэр", "name"), ("Утас 1", "phone")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"columns": {"Нэр": "nmae"}}', "unknown field 'nmae'"),
        ('{"columns": {}, "kind": "dog"}', "'dog'"),
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"sheets": [{}]}', 'no "columns"'),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=says):
        Mapping.from_json(text)


def test_a_sheet_without_names_is_no_list(read_bytes: Callable[..., Reading]) -> None:
    reading = read_bytes("Он;Дүн\n2019;1\n2020;2\n2021;3\n".encode())
    assert [sheet.used for sheet in recognise(reading, MN).sheets] == [False]


def test_an_unknown_column_is_kept_without_a_field(people: Reading) -> None:
    sheet = replace(people.sheets[0], header=("Ямар ч биш", *people.sheets[0].header[1:]))
    assert len(recognise(replace(people, sheets=(sheet,)), MN).sheets[0].columns) == 13
