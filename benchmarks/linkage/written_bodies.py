"""Bodies as the lists write them down."""

import numpy as np

from benchmarks.linkage.bodies import FAMILIES, STATE, Bodies
from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import Marks, Mentions, by_list, style
from benchmarks.linkage.names import Half
from benchmarks.linkage.people import People
from benchmarks.linkage.places import SOUM_NAMES
from benchmarks.linkage.rates import Rates
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.spelling import on_keyboard
from benchmarks.linkage.vocabulary import FORMS, Vocabulary, array
from benchmarks.linkage.writing import aimag_text, capitals, date_text, mistype, phone_text, soum_text, spoil_digit

Columns = dict[str, np.ndarray]
_QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("'", "'"))


def write_bodies(
    bodies: Bodies,
    people: People,
    mentions: Mentions,
    words: Vocabulary,
    chosen: tuple[Half, ...],
    rates: Rates,
    rng: np.random.Generator,
) -> tuple[Columns, Columns, Marks]:
    """Return the columns as written, the evidence that a careful reader could use, and the marks."""
    marks = Marks(len(mentions))
    latin = rng.random(len(mentions)) < by_list(style("latin"), mentions)
    columns: Columns = {"latin": latin}
    evidence: Columns = {}
    name = _cores(bodies, mentions, latin, chosen, rates, evidence, marks, rng)
    name = _spelled(name, latin, mentions, chosen, rates, marks, rng)
    _dressed(name, bodies, mentions, latin, chosen, columns, marks, rng)
    _where(bodies, mentions, latin, columns, evidence, marks, rng)
    _reach(bodies, mentions, rates, columns, evidence, marks, rng)
    _director(bodies, people, mentions, words, latin, columns, evidence, rng)
    for number, family in enumerate(FAMILIES):
        if family:
            marks.add(family, bodies.family[mentions.who] == number)
    marks.add("state_body", bodies.sort[mentions.who] == STATE)
    return columns, evidence, marks


def _cores(
    bodies: Bodies,
    mentions: Mentions,
    latin: np.ndarray,
    chosen: tuple[Half, ...],
    rates: Rates,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> np.ndarray:
    """The name without its form: the full one, a former one, a short one, a translation."""
    who = mentions.who
    troubles = {name for half in chosen for name in half.body_troubles}
    register = by_list([each.file == "company_register_extract" for each in LISTS], mentions).astype(bool)
    name = bodies.name[who].copy()
    former = (bodies.former_name[who] != "") & (rng.random(len(who)) < 0.45)
    name = np.where(former, bodies.former_name[who], name).astype(object)
    both = (bodies.former_name[who] != "") & ~former & (rng.random(len(who)) < 0.15)
    marks.add("renamed", former)
    state = bodies.sort[who] == STATE
    short = (rng.random(len(who)) < np.where(state, 0.12, 0.10)) & ~former & ~register & ~bodies.branch[who]
    short &= ("short" in troubles) | ("abbreviated" in troubles)
    short &= bodies.short[who] != bodies.name[who]
    name = np.where(short, bodies.short[who], name).astype(object)
    marks.add("abbreviated", short & state)
    marks.add("short_name", short & ~state)
    translated = latin & (rng.random(len(who)) < (0.3 if "translated" in troubles else 0.0)) & ~former & ~short
    translated |= latin & state & ~short & (rng.random(len(who)) < 0.6)  # English lists translate what the state runs
    name = np.where(translated, bodies.english[who], name).astype(object)
    marks.add("translated", translated)
    branch = bodies.branch[who]
    town = SOUM_NAMES[bodies.soum[who]]
    tail = np.where(translated, " branch", " салбар").astype(object)
    name = np.where(branch, np.where(rng.random(len(who)) < 0.6, name + " " + town + tail, name + tail), name).astype(
        object
    )
    name = np.where(both, name + " (хуучин нэр " + bodies.former_name[who] + ")", name).astype(object)
    evidence["name"] = np.where(former | short, -1, who)
    return name


def _spelled(
    name: np.ndarray,
    latin: np.ndarray,
    mentions: Mentions,
    chosen: tuple[Half, ...],
    rates: Rates,
    marks: Marks,
    rng: np.random.Generator,
) -> np.ndarray:
    roman = [table for half in chosen for table in half.romanisations]
    keyboards = [table for half in chosen for table in half.keyboards]
    wrong = np.flatnonzero(rng.random(len(name)) < rates.typing_error * 1.3)
    mistype(name, wrong, [kind for half in chosen for kind in half.typing_errors], rng)
    marks.add("typing_error", wrong)
    table = rng.integers(0, len(roman), len(name))
    poor = ~latin & (rng.random(len(name)) < by_list(style("keyboard"), mentions))
    keyboard = rng.integers(0, len(keyboards), len(name))
    for number, each in enumerate(roman):
        at = np.flatnonzero(latin & (table == number))
        name[at] = array([romanise(text, each) for text in name[at]])
        marks.add(f"romanised:{each}", at)
    for number, each in enumerate(keyboards):
        at = np.flatnonzero(poor & (keyboard == number))
        name[at] = array([on_keyboard(text, each) for text in name[at]])
        marks.add(f"keyboard:{each}", at)
    return name


def _dressed(
    name: np.ndarray,
    bodies: Bodies,
    mentions: Mentions,
    latin: np.ndarray,
    chosen: tuple[Half, ...],
    columns: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    """Put the form and quotation marks round the core, or the form into a column of its own."""
    form = bodies.form[mentions.who]
    long = rng.random(len(name)) < 0.08
    texts = [array([each[n] for each in FORMS])[form] for n in (1, 2, 3, 4)]
    said = np.where(latin, np.where(long, texts[3], texts[2]), np.where(long, texts[1], texts[0])).astype(object)
    said = np.where(bodies.sort[mentions.who] == STATE, "", said).astype(object)
    quoted = (rng.random(len(name)) < 0.3) & (bodies.sort[mentions.who] != STATE)
    which = rng.integers(0, len(_QUOTES), len(name))
    opening, closing = (array([pair[n] for pair in _QUOTES])[which] for n in (0, 1))
    name = np.where(quoted, opening + name + closing, name).astype(object)
    own_column = by_list(["form" in each.columns for each in LISTS], mentions).astype(bool)
    dropped = (rng.random(len(name)) < 0.25) & ~own_column & (said != "")
    before = (rng.random(len(name)) < 0.08) & ~latin
    whole = np.where(before, said + " " + name, name + " " + said).astype(object)
    whole = np.where((said == "") | dropped | own_column, name, whole).astype(object)
    loud = rng.random(len(name)) < by_list(style("capitals"), mentions)
    marks.add("capitals", loud)
    marks.add("quotes", quoted)
    marks.add("form_dropped", dropped)
    marks.add("form_long", long & ~dropped & (said != ""))
    columns["name"] = columns["org_name"] = capitals(whole, loud)
    columns["form"] = said


def _where(
    bodies: Bodies,
    mentions: Mentions,
    latin: np.ndarray,
    columns: Columns,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    who = mentions.who
    former = (bodies.former_soum[who] >= 0) & (rng.random(len(who)) < 0.5)
    soum = np.where(former, bodies.former_soum[who], bodies.soum[who])
    soum = np.where(rng.random(len(who)) < by_list(style("place"), mentions), soum, -1)
    marks.add("moved", former)
    columns["aimag"], columns["soum"] = aimag_text(soum, latin, rng), soum_text(soum, latin)
    columns["place"] = np.where(soum < 0, "", columns["aimag"] + ", " + columns["soum"]).astype(object)
    street = np.where(rng.random(len(who)) < 0.75, bodies.street[who], "").astype(object)
    columns["address"] = np.where(
        former | (soum < 0), columns["place"], columns["place"] + np.where(street == "", "", ", ") + street
    ).astype(object)
    evidence["soum"] = np.where(former, -1, soum)


def _reach(
    bodies: Bodies,
    mentions: Mentions,
    rates: Rates,
    columns: Columns,
    evidence: Columns,
    marks: Marks,
    rng: np.random.Generator,
) -> None:
    who = mentions.who
    numbers = np.where(rng.random(len(who)) < by_list(style("number"), mentions), bodies.number[who], "").astype(object)
    marks.add("number_missing", numbers == "")
    evidence["number"] = numbers.copy()
    wrong = np.flatnonzero(rng.random(len(who)) < rates.number_error / 2)
    spoil_digit(numbers, wrong, rng)
    evidence["number"][wrong] = ""
    marks.add("number_wrong", wrong)
    columns["number"] = numbers
    former = (bodies.former_phone[who] != "") & (rng.random(len(who)) < rates.phone_former)
    phone = np.where(former, bodies.former_phone[who], bodies.phone[who]).astype(object)
    phone = np.where(rng.random(len(who)) < by_list(style("phone"), mentions), phone, "").astype(object)
    marks.add("phone_changed", former & (phone != ""))
    evidence["phone"] = phone
    columns["phone"] = phone_text(phone, rng)
    columns["email"] = np.where(rng.random(len(who)) < by_list(style("email"), mentions), bodies.email[who], "").astype(
        object
    )
    mailed = by_list(["email" in each.columns for each in LISTS], mentions).astype(bool)
    evidence["email"] = np.where(mailed, columns["email"], "").astype(object)
    columns["founded"] = date_text(bodies.founded[who], "%Y-%m-%d")
    year = by_list([each.file == "ngo_list" for each in LISTS], mentions).astype(bool)
    columns["founded"] = np.where(year, date_text(bodies.founded[who], "%Y"), columns["founded"]).astype(object)


def _director(
    bodies: Bodies,
    people: People,
    mentions: Mentions,
    words: Vocabulary,
    latin: np.ndarray,
    columns: Columns,
    evidence: Columns,
    rng: np.random.Generator,
) -> None:
    """Who heads the body, usually with an initial; a tenth of the lists still name somebody else."""
    director = bodies.director[mentions.who].copy()
    changed = rng.random(len(director)) < 0.1
    director[changed] = rng.integers(0, len(people), changed.sum())
    shown = rng.random(len(director)) < by_list(style("director"), mentions)
    given, father = people.given[director], people.father[director]
    cyrillic = array([name[0] for name in words.names])[father] + "." + words.names[given]
    roman = words.tables["passport"][given] + " " + words.tables["passport"][father]
    columns["director"] = np.where(shown, np.where(latin, roman, cyrillic), "").astype(object)
    named = by_list(["director" in each.columns for each in LISTS], mentions).astype(bool)
    evidence["director"] = np.where(shown & named & ~changed, director, -1)
