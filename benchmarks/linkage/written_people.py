"""People as the lists write them down."""

import numpy as np

from benchmarks.linkage.bodies import Bodies
from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import Page
from benchmarks.linkage.numbers import write_numbers
from benchmarks.linkage.people import FAMILIES, People
from benchmarks.linkage.shapes import Names, assemble, assign_shapes
from benchmarks.linkage.vocabulary import OCCUPATIONS, Vocabulary, array
from benchmarks.linkage.writing import aimag_text, capitals, date_text, mistype, phone_text, soum_text, spoil_digit


def write_people(page: Page, people: People, bodies: Bodies) -> None:
    """Fill the page: columns as written, the evidence that a careful reader could use, and the marks."""
    _names(page, people)
    _where(page, people)
    _when(page, people)
    write_numbers(page, people)
    _reach(page, people, bodies)
    _work(page, people, bodies)
    for number, family in enumerate(FAMILIES):
        if family:
            page.marks.add(family, people.family[page.who] == number)


def spelled(words: Vocabulary, index: np.ndarray, table: np.ndarray, names: list[str], prefix: str = "") -> np.ndarray:
    """Names by index, each in the spelling that ``table`` (an index into ``names``) asks for."""
    out = np.empty(len(index), dtype=object)
    for number, name in enumerate(names):
        at = table == number
        out[at] = words.tables[
            prefix if name == "plain" and prefix == "gen" else (f"{prefix}:{name}" if prefix else name)
        ][index[at]]
    return out


def spellings(page: Page) -> tuple[np.ndarray, list[str]]:
    """Choose a spelling per mention: a romanisation, a poor keyboard, or plain Cyrillic."""
    roman = page.world.listed("romanisations")
    roman += ["chat_loose"] if "chat" in roman else []
    keyboards = page.world.listed("keyboards")
    names = ["plain", *roman, *(f"kb:{name}" for name in keyboards)]
    # A list keeps mostly to one habit, its contributors do not always.
    habit = np.arange(len(LISTS)) % len(roman)
    own = page.chance(0.6)
    picked = np.where(own, habit[page.mentions.where], page.rng.integers(0, len(roman), len(page.mentions)))
    poor = ~page.latin & (page.chance(page.style("keyboard") + page.world.rates.keyboard / 3))
    keyboard = page.rng.integers(0, len(keyboards), len(page.mentions))
    table = np.where(page.latin, picked + 1, np.where(poor, keyboard + 1 + len(roman), 0))
    for number, name in enumerate(names[1:], start=1):
        page.marks.add(f"keyboard:{name[3:]}" if name.startswith("kb:") else f"romanised:{name}", table == number)
    return table, names


def _names(page: Page, people: People) -> None:
    who = page.who
    table, names = spellings(page)
    words = page.world.words
    given = spelled(words, people.given[who], table, names)
    father = spelled(words, people.father[who], table, names)
    genitive = spelled(words, people.father[who], table, names, "gen")
    page.marks.add("hyphen", _loosen_hyphens(given, page.rng))
    kinds = page.world.listed("typing_errors")
    wrong = [np.flatnonzero(page.chance(page.world.rates.typing_error)) for _ in range(2)]
    mistype(given, wrong[0], kinds, page.rng)
    for texts in (father, genitive):
        mistype(texts, wrong[1], kinds, page.rng)
    for at in wrong:
        page.marks.add("typing_error", at)
    shape, shapes = assign_shapes(page)
    names_ = Names(given, father, genitive, people.clan[who])
    assemble(page, names_, shape, shapes)
    loud = page.chance(page.style("capitals"))
    page.marks.add("capitals", loud)
    for name in ("name", "surname", "given_name"):
        page.columns[name] = capitals(page.columns[name], loud)
    stage = _stage_names(page, people)
    clan_shown = page.chance(page.style("clan"))
    page.columns["clan"] = np.where(clan_shown, people.clan[who], "").astype(object)
    kept = {"given": 0, "initial_given": 1, "given_initial": 1}
    father_shown = np.array([kept.get(name, 2) for name in shapes])[shape]
    alone = stage & (page.columns["stage"] == page.columns["name"])
    page.evidence |= {
        "given": np.where(alone, -1, people.given[who]),
        "father": np.where(~alone & (father_shown == 2), people.father[who], -1),
        "initial": np.where(
            ~alone & (father_shown > 0), array([name[0] for name in page.world.words.names])[people.father[who]], ""
        ),
        "stage": np.where(stage, people.stage[who], ""),
    }


def _loosen_hyphens(given: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    at = np.flatnonzero(rng.random(len(given)) < 0.4)
    at = np.array([n for n in at.tolist() if "-" in given[n]], dtype=int)
    for n in at.tolist():
        first, second = given[n].split("-", 1)
        given[n] = first + second.lower() if rng.random() < 0.6 else f"{first} {second}"
    return at


def _stage_names(page: Page, people: People) -> np.ndarray:
    """Fill the column of stage names; some artists are listed by their stage name alone."""
    who = page.who
    shown = (people.stage[who] != "") & page.chance(page.style("stage"))
    alone = shown & page.chance(page.style("stage_only"))
    page.columns["stage"] = np.where(shown, people.stage[who], "").astype(object)
    page.columns["name"] = np.where(alone, people.stage[who], page.columns["name"]).astype(object)
    page.marks.add("stage_name", alone)
    return shown


def _where(page: Page, people: People) -> None:
    who = page.who
    former = (people.former_soum[who] >= 0) & page.chance(0.5)
    soum = np.where(former, people.former_soum[who], people.soum[who])
    soum = np.where(page.chance(page.style("place")), soum, -1)
    page.marks.add("moved", former)
    page.columns["aimag"] = aimag_text(soum, page.latin, page.rng)
    page.columns["soum"] = soum_text(soum, page.latin)
    whole = page.chance(0.5)
    page.columns["place"] = np.where(
        soum < 0, "", np.where(whole, page.columns["aimag"] + ", " + page.columns["soum"], page.columns["aimag"])
    ).astype(object)
    has = np.array(
        [2 if "soum" in each.columns else 1 if {"aimag", "place"} & set(each.columns) else 0 for each in LISTS]
    )
    shown = np.where((has[page.mentions.where] == 1) & whole & (page.has_column("place")), 2,
                     has[page.mentions.where])  # fmt: skip
    page.evidence["soum"] = np.where(shown == 2, soum, -1)
    page.evidence["aimag"] = np.where((shown > 0) & (soum >= 0), page.columns["aimag"], "")


def _when(page: Page, people: People) -> None:
    who = page.who
    days = people.birth[who].copy()
    shown = page.chance(page.style("has_birth"))
    shown &= np.array([each.birth != "" for each in LISTS])[page.mentions.where]
    kinds = page.world.listed("date_troubles")
    trouble = np.where(page.chance(page.world.rates.date_trouble), page.rng.integers(0, len(kinds), len(who)), -1)
    trouble[~shown] = -1
    yearly = np.array([each.birth == "%Y" for each in LISTS])[page.mentions.where]
    out = np.full(len(who), "", dtype=object)
    days = _trouble_dates(page, days, trouble, yearly)
    for number, each in enumerate(LISTS):
        at = shown & (page.mentions.where == number)
        if each.birth and at.any():
            out[at] = date_text(days[at], each.birth)
    only_year = np.isin(trouble, [n for n, kind in enumerate(kinds) if kind == "year_only"])
    out[only_year] = date_text(days[only_year], "%Y")
    page.marks.add("year_only", shown & (yearly | only_year))
    page.columns["birth"] = out
    right = shown & (days == people.birth[who])
    page.evidence["birth"] = np.where(right & ~yearly & ~only_year, people.birth[who].astype(np.int64), -(2**40))
    years = people.birth[who].astype("datetime64[Y]").astype(np.int64)
    page.evidence["year"] = np.where(shown & (days.astype("datetime64[Y]").astype(np.int64) == years), years, -9999)


def _trouble_dates(page: Page, days: np.ndarray, trouble: np.ndarray, yearly: np.ndarray) -> np.ndarray:
    month = days.astype("datetime64[M]")
    for number, kind in enumerate(page.world.listed("date_troubles")):
        at = (trouble == number) & ~yearly
        if kind == "swapped":  # possible only up to the twelfth of a month
            of_month, in_year = (days - month).astype(int) + 1, month.astype(int) % 12 + 1
            at &= (of_month <= 12) & (of_month != in_year)
            year = days.astype("datetime64[Y]").astype("datetime64[M]")
            days = np.where(at, (year + (of_month - 1)).astype("datetime64[D]") + (in_year - 1), days)
            page.marks.add("day_month_swapped", at)
        elif kind == "year_off":  # the age was reckoned in the traditional way
            days = np.where(at, days - 365, days)
            page.marks.add("year_off", at)
        elif kind == "january":  # the year was known and the form wanted a day
            days = np.where(at, days.astype("datetime64[Y]").astype("datetime64[D]"), days)
            page.marks.add("first_of_january", at)
    return days


def _reach(page: Page, people: People, bodies: Bodies) -> None:
    """Phones and e-mail: own, former, the family's, the office's, misdialled, or none."""
    who = page.who
    troubles = set(page.world.listed("phone_troubles"))
    own = people.phone[who]
    former = (people.former_phone[who] != "") & page.chance(page.world.rates.phone_former)
    family = (people.family_phone[who] != "") & page.chance(page.world.rates.phone_family)
    office = (people.employer[who] >= 0) & (page.chance(page.style("office") * 1.6))
    if "office" not in troubles:
        office &= page.chance(0.3)
    employer = np.maximum(people.employer[who], 0)
    numbers = np.where(former, people.former_phone[who], own).astype(object)
    numbers = np.where(family, people.family_phone[who], numbers).astype(object)
    numbers = np.where(office, bodies.phone[employer], numbers).astype(object)
    shown = page.chance(page.style("phone"))
    numbers = np.where(shown, numbers, "").astype(object)
    page.marks.add("phone_changed", shown & former & ~family & ~office)
    page.marks.add("phone_family", shown & family & ~office)
    page.marks.add("phone_office", shown & office)
    page.evidence["phone"] = np.where(office | family, "", numbers)
    page.evidence["home_phone"] = np.where(family, numbers, "")
    if "digit" in troubles:
        at = np.flatnonzero(shown & page.chance(page.world.rates.phone_digit))
        spoil_digit(numbers, at, page.rng, first=2)
        page.evidence["phone"][at] = ""
        page.marks.add("phone_wrong_digit", at)
    page.columns["phone"] = phone_text(numbers, page.rng)
    mailed = page.chance(page.style("email")) & page.has_column("email")
    page.columns["email"] = np.where(mailed, people.email[who], "").astype(object)
    page.evidence["email"] = page.columns["email"]


def _work(page: Page, people: People, bodies: Bodies) -> None:
    who = page.who
    other = page.chance(0.18)  # people have more than one trade, and lists call one trade by several words
    trade = np.where(other, (people.occupation[who] + 3) % len(OCCUPATIONS), people.occupation[who])
    english = array([en for _, en in OCCUPATIONS])[trade]
    shown = page.chance(page.style("occupation"))
    page.columns["occupation"] = np.where(
        shown, np.where(page.latin, english, array([mn for mn, _ in OCCUPATIONS])[trade]), ""
    ).astype(object)
    at_work = (people.employer[who] >= 0) & page.chance(page.style("employer"))
    employer = np.maximum(people.employer[who], 0)
    page.columns["employer"] = np.where(
        at_work, np.where(page.latin, bodies.english[employer], bodies.name[employer]), ""
    ).astype(object)
    named = page.has_column("employer")
    page.evidence["employer"] = np.where(at_work & named, employer, -1)
    page.columns["gender"] = array(["эр", "эм"])[people.female[who].astype(int)]
