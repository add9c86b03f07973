"""People as the lists write them down."""

import numpy as np

from benchmarks.linkage.bodies import Bodies
from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import Marks, Mentions, by_list, style
from benchmarks.linkage.names import Half
from benchmarks.linkage.numbers import write_numbers
from benchmarks.linkage.people import FAMILIES, People
from benchmarks.linkage.rates import Rates
from benchmarks.linkage.shapes import assemble, assign_shapes
from benchmarks.linkage.vocabulary import OCCUPATIONS, Vocabulary, array
from benchmarks.linkage.writing import aimag_text, capitals, date_text, mistype, phone_text, soum_text, spoil_digit

Columns = dict[str, np.ndarray]


def write_people(
    people: People,
    bodies: Bodies,
    mentions: Mentions,
    words: Vocabulary,
    chosen: tuple[Half, ...],
    rates: Rates,
    rng: np.random.Generator,
) -> tuple[Columns, Columns, Marks]:
    """Return the columns as written, the evidence that a careful reader could use, and the marks."""
    marks = Marks(len(mentions))
    who = mentions.who
    latin = rng.random(len(who)) < by_list(style("latin"), mentions)
    columns, evidence = _names(people, mentions, words, chosen, rates, latin, marks, rng)
    columns["latin"] = latin
    _where(people, mentions, latin, rates, columns, evidence, marks, rng)
    _when(people, mentions, chosen, rates, columns, evidence, marks, rng)
    write_numbers(people, mentions, chosen, rates, columns, evidence, marks, rng)
    _reach(people, bodies, mentions, chosen, rates, columns, evidence, marks, rng)
    _work(people, bodies, mentions, latin, columns, evidence, rng)
    for number, family in enumerate(FAMILIES):
        if family:
            marks.add(family, people.family[who] == number)
    return columns, evidence, marks


def spelled(words: Vocabulary, index: np.ndarray, table: np.ndarray, names: list[str], prefix: str = "") -> np.ndarray:
    """Names by index, each in the spelling that ``table`` (an index into ``names``) asks for."""
    out = np.empty(len(index), dtype=object)
    for number, name in enumerate(names):
        at = table == number
        out[at] = words.tables[
            prefix if name == "plain" and prefix == "gen" else (f"{prefix}:{name}" if prefix else name)
        ][index[at]]
    return out


def spellings(
    mentions: Mentions,
    latin: np.ndarray,
    chosen: tuple[Half, ...],
    rates: Rates,
    marks: Marks,
    rng: np.random.Generator,
) -> tuple[np.ndarray, list[str]]:
    """Choose a spelling per mention: a romanisation, a poor keyboard, or plain Cyrillic."""
    roman = [name for half in chosen for name in half.romanisations]
    roman += ["chat_loose"] if "chat" in roman else []
    keyboards = [name for half in chosen for name in half.keyboards]
    names = ["plain", *roman, *(f"kb:{name}" for name in keyboards)]
    # A list keeps mostly to one habit, its contributors do not always.
    habit = np.arange(len(LISTS)) % len(roman)
    own = rng.random(len(latin)) < 0.6
    picked = np.where(own, habit[mentions.where], rng.integers(0, len(roman), len(latin)))
    poor = ~latin & (rng.random(len(latin)) < by_list(style("keyboard"), mentions) + rates.keyboard / 3)
    keyboard = rng.integers(0, len(keyboards), len(latin))
    table = np.where(latin, picked + 1, np.where(poor, keyboard + 1 + len(roman), 0))
    for number, name in enumerate(names[1:], start=1):
        marks.add(f"keyboard:{name[3:]}" if name.startswith("kb:") else f"romanised:{name}", table == number)
    return table, names


def _names(
    people: People,
    mentions: Mentions,
    words: Vocabulary,
    chosen: tuple[Half, ...],
    rates: Rates,
    latin: np.ndarray,
    marks: Marks,
    rng: np.random.Generator,
) -> tuple[Columns, Columns]:
    who = mentions.who
    table, names = spellings(mentions, latin, chosen, rates, marks, rng)
    given = spelled(words, people.given[who], table, names)
    father = spelled(words, people.father[who], table, names)
    genitive = spelled(words, people.father[who], table, names, "gen")
    marks.add("hyphen", _loosen_hyphens(given, rng))
    kinds = [kind for half in chosen for kind in half.typing_errors]
    wrong = [np.flatnonzero(rng.random(len(who)) < rates.typing_error) for _ in range(2)]
    mistype(given, wrong[0], kinds, rng)
    for texts in (father, genitive):
        mistype(texts, wrong[1], kinds, rng)
    for at in wrong:
        marks.add("typing_error", at)
    shape, shapes = assign_shapes(mentions, chosen, rng)
    columns = assemble(given, father, genitive, people.clan[who], latin, shape, shapes, marks)
    loud = rng.random(len(who)) < by_list(style("capitals"), mentions)
    marks.add("capitals", loud)
    for name in ("name", "surname", "given_name"):
        columns[name] = capitals(columns[name], loud)
    stage = _stage_names(people, mentions, columns, marks, rng)
    clan_shown = rng.random(len(who)) < by_list(style("clan"), mentions)
    columns["clan"] = np.where(clan_shown, people.clan[who], "").astype(object)
    kept = {"given": 0, "initial_given": 1, "given_initial": 1}
    father_shown = np.array([kept.get(name, 2) for name in shapes])[shape]
    alone = stage & (columns["stage"] == columns["name"])
    evidence = {
        "given": np.where(alone, -1, people.given[who]),
        "father": np.where(~alone & (father_shown == 2), people.father[who], -1),
        "initial": np.where(
            ~alone & (father_shown > 0), array([name[0] for name in words.names])[people.father[who]], ""
        ),
        "stage": np.where(stage, people.stage[who], ""),
    }
    return columns, evidence


def _loosen_hyphens(given: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    at = np.flatnonzero(rng.random(len(given)) < 0.4)
    at = np.array([n for n in at.tolist() if "-" in given[n]], dtype=int)
    for n in at.tolist():
        first, second = given[n].split("-", 1)
        given[n] = first + second.lower() if rng.random() < 0.6 else f"{first} {second}"
    return at


def _stage_names(
    people: People, mentions: Mentions, columns: Columns, marks: Marks, rng: np.random.Generator
) -> np.ndarray:
    """Fill the column of stage names; some artists are listed by their stage name alone."""
    who = mentions.who
    shown = (people.stage[who] != "") & (rng.random(len(who)) < by_list(style("stage"), mentions))
    alone = shown & (rng.random(len(who)) < by_list(style("stage_only"), mentions))
    columns["stage"] = np.where(shown, people.stage[who], "").astype(object)
    columns["name"] = np.where(alone, people.stage[who], columns["name"]).astype(object)
    marks.add("stage_name", alone)
    return shown


def _where(
    people: People,
    mentions: Mentions,
    latin: np.ndarray,
    rates: Rates,
    columns: Columns,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    who = mentions.who
    former = (people.former_soum[who] >= 0) & (rng.random(len(who)) < 0.5)
    soum = np.where(former, people.former_soum[who], people.soum[who])
    soum = np.where(rng.random(len(who)) < by_list(style("place"), mentions), soum, -1)
    marks.add("moved", former)
    columns["aimag"] = aimag_text(soum, latin, rng)
    columns["soum"] = soum_text(soum, latin)
    whole = rng.random(len(who)) < 0.5
    columns["place"] = np.where(
        soum < 0, "", np.where(whole, columns["aimag"] + ", " + columns["soum"], columns["aimag"])
    ).astype(object)
    has = np.array(
        [2 if "soum" in each.columns else 1 if {"aimag", "place"} & set(each.columns) else 0 for each in LISTS]
    )
    shown = np.where((has[mentions.where] == 1) & whole & (by_list(["place" in each.columns for each in LISTS], mentions) > 0), 2,
                     has[mentions.where])  # fmt: skip
    evidence["soum"] = np.where(shown == 2, soum, -1)
    evidence["aimag"] = np.where((shown > 0) & (soum >= 0), columns["aimag"], "")


def _when(
    people: People,
    mentions: Mentions,
    chosen: tuple[Half, ...],
    rates: Rates,
    columns: Columns,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    who = mentions.who
    days = people.birth[who].copy()
    shown = rng.random(len(who)) < by_list(style("has_birth"), mentions)
    shown &= by_list([each.birth != "" for each in LISTS], mentions) > 0
    kinds = [kind for half in chosen for kind in half.date_troubles]
    trouble = np.where(rng.random(len(who)) < rates.date_trouble, rng.integers(0, len(kinds), len(who)), -1)
    trouble[~shown] = -1
    yearly = by_list([each.birth == "%Y" for each in LISTS], mentions) > 0
    out = np.full(len(who), "", dtype=object)
    days = _trouble_dates(days, trouble, kinds, yearly, marks)
    for number, each in enumerate(LISTS):
        at = shown & (mentions.where == number)
        if each.birth and at.any():
            out[at] = date_text(days[at], each.birth)
    only_year = np.isin(trouble, [n for n, kind in enumerate(kinds) if kind == "year_only"])
    out[only_year] = date_text(days[only_year], "%Y")
    marks.add("year_only", shown & (yearly | only_year))
    columns["birth"] = out
    right = shown & (days == people.birth[who])
    evidence["birth"] = np.where(right & ~yearly & ~only_year, people.birth[who].astype(np.int64), -(2**40))
    years = people.birth[who].astype("datetime64[Y]").astype(np.int64)
    evidence["year"] = np.where(shown & (days.astype("datetime64[Y]").astype(np.int64) == years), years, -9999)


def _trouble_dates(
    days: np.ndarray, trouble: np.ndarray, kinds: list[str], yearly: np.ndarray, marks: Marks
) -> np.ndarray:
    month = days.astype("datetime64[M]")
    for number, kind in enumerate(kinds):
        at = (trouble == number) & ~yearly
        if kind == "swapped":  # possible only up to the twelfth of a month
            of_month, in_year = (days - month).astype(int) + 1, month.astype(int) % 12 + 1
            at &= (of_month <= 12) & (of_month != in_year)
            year = days.astype("datetime64[Y]").astype("datetime64[M]")
            days = np.where(at, (year + (of_month - 1)).astype("datetime64[D]") + (in_year - 1), days)
            marks.add("day_month_swapped", at)
        elif kind == "year_off":  # the age was reckoned in the traditional way
            days = np.where(at, days - 365, days)
            marks.add("year_off", at)
        elif kind == "january":  # the year was known and the form wanted a day
            days = np.where(at, days.astype("datetime64[Y]").astype("datetime64[D]"), days)
            marks.add("first_of_january", at)
    return days


def _reach(
    people: People,
    bodies: Bodies,
    mentions: Mentions,
    chosen: tuple[Half, ...],
    rates: Rates,
    columns: Columns,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    """Phones and e-mail: own, former, the family's, the office's, misdialled, or none."""
    who = mentions.who
    troubles = {name for half in chosen for name in half.phone_troubles}
    own = people.phone[who]
    former = (people.former_phone[who] != "") & (rng.random(len(who)) < rates.phone_former)
    family = (people.family_phone[who] != "") & (rng.random(len(who)) < rates.phone_family)
    office = (people.employer[who] >= 0) & (rng.random(len(who)) < by_list(style("office"), mentions) * 1.6)
    if "office" not in troubles:
        office &= rng.random(len(who)) < 0.3
    employer = np.maximum(people.employer[who], 0)
    numbers = np.where(former, people.former_phone[who], own).astype(object)
    numbers = np.where(family, people.family_phone[who], numbers).astype(object)
    numbers = np.where(office, bodies.phone[employer], numbers).astype(object)
    shown = rng.random(len(who)) < by_list(style("phone"), mentions)
    numbers = np.where(shown, numbers, "").astype(object)
    marks.add("phone_changed", shown & former & ~family & ~office)
    marks.add("phone_family", shown & family & ~office)
    marks.add("phone_office", shown & office)
    evidence["phone"] = np.where(office | family, "", numbers)
    evidence["home_phone"] = np.where(family, numbers, "")
    if "digit" in troubles:
        at = np.flatnonzero(shown & (rng.random(len(who)) < rates.phone_digit))
        spoil_digit(numbers, at, rng, first=2)
        evidence["phone"][at] = ""
        marks.add("phone_wrong_digit", at)
    columns["phone"] = phone_text(numbers, rng)
    mailed = (rng.random(len(who)) < by_list(style("email"), mentions)) & by_list(
        ["email" in each.columns for each in LISTS], mentions
    ).astype(bool)
    columns["email"] = np.where(mailed, people.email[who], "").astype(object)
    evidence["email"] = columns["email"]


def _work(
    people: People,
    bodies: Bodies,
    mentions: Mentions,
    latin: np.ndarray,
    columns: Columns,
    evidence: Columns,
    rng: np.random.Generator,
) -> None:
    who = mentions.who
    other = rng.random(len(who)) < 0.18  # people have more than one trade, and lists call one trade by several words
    trade = np.where(other, (people.occupation[who] + 3) % len(OCCUPATIONS), people.occupation[who])
    english = array([en for _, en in OCCUPATIONS])[trade]
    shown = rng.random(len(who)) < by_list(style("occupation"), mentions)
    columns["occupation"] = np.where(
        shown, np.where(latin, english, array([mn for mn, _ in OCCUPATIONS])[trade]), ""
    ).astype(object)
    at_work = (people.employer[who] >= 0) & (rng.random(len(who)) < by_list(style("employer"), mentions))
    employer = np.maximum(people.employer[who], 0)
    columns["employer"] = np.where(
        at_work, np.where(latin, bodies.english[employer], bodies.name[employer]), ""
    ).astype(object)
    named = by_list(["employer" in each.columns for each in LISTS], mentions).astype(bool)
    evidence["employer"] = np.where(at_work & named, employer, -1)
    columns["gender"] = array(["эр", "эм"])[people.female[who].astype(int)]
