"""Bodies as the lists write them down."""

import numpy as np

from benchmarks.linkage.bodies import FAMILIES, STATE, Bodies
from benchmarks.linkage.mentions import Page
from benchmarks.linkage.people import People
from benchmarks.linkage.places import SOUM_NAMES
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.spelling import on_keyboard
from benchmarks.linkage.vocabulary import FORMS, array
from benchmarks.linkage.writing import aimag_text, capitals, date_text, mistype, phone_text, soum_text, spoil_digit

_QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("'", "'"))


def write_bodies(page: Page, bodies: Bodies, people: People) -> None:
    """Fill the page: columns as written, the evidence that a careful reader could use, and the marks."""
    name = _cores(page, bodies)
    _spell(page, name)
    _dress(page, bodies, name)
    _where(page, bodies)
    _reach(page, bodies)
    _director(page, bodies, people)
    for number, family in enumerate(FAMILIES):
        if family:
            page.marks.add(family, bodies.family[page.who] == number)
    page.marks.add("state_body", bodies.sort[page.who] == STATE)


def _cores(page: Page, bodies: Bodies) -> np.ndarray:
    """The name without its form: the full one, a former one, a short one, a translation."""
    who = page.who
    troubles = set(page.world.listed("body_troubles"))
    register = page.is_in("company_register_extract")
    name = bodies.name[who].copy()
    former = (bodies.former_name[who] != "") & page.chance(0.45)
    name = np.where(former, bodies.former_name[who], name).astype(object)
    both = (bodies.former_name[who] != "") & ~former & page.chance(0.15)
    page.marks.add("renamed", former)
    state = bodies.sort[who] == STATE
    short = page.chance(np.where(state, 0.12, 0.10)) & ~former & ~register & ~bodies.branch[who]
    short &= ("short" in troubles) | ("abbreviated" in troubles)
    short &= bodies.short[who] != bodies.name[who]
    name = np.where(short, bodies.short[who], name).astype(object)
    page.marks.add("abbreviated", short & state)
    page.marks.add("short_name", short & ~state)
    translated = page.latin & page.chance(0.3 if "translated" in troubles else 0.0) & ~former & ~short
    translated |= page.latin & state & ~short & page.chance(0.6)  # English lists translate what the state runs
    name = np.where(translated, bodies.english[who], name).astype(object)
    page.marks.add("translated", translated)
    branch = bodies.branch[who]
    town = SOUM_NAMES[bodies.soum[who]]
    tail = np.where(translated, " branch", " салбар").astype(object)
    name = np.where(branch, np.where(page.chance(0.6), name + " " + town + tail, name + tail), name).astype(object)
    name = np.where(both, name + " (хуучин нэр " + bodies.former_name[who] + ")", name).astype(object)
    page.evidence["name"] = np.where(former | short, -1, who)
    return name


def _spell(page: Page, name: np.ndarray) -> None:
    """Spell the names, in place, as the list's letters, keyboard and haste have it."""
    roman = page.world.listed("romanisations")
    keyboards = page.world.listed("keyboards")
    wrong = np.flatnonzero(page.chance(page.world.rates.typing_error * 1.3))
    mistype(name, wrong, page.world.listed("typing_errors"), page.rng)
    page.marks.add("typing_error", wrong)
    table = page.rng.integers(0, len(roman), len(name))
    poor = ~page.latin & page.chance(page.style("keyboard"))
    keyboard = page.rng.integers(0, len(keyboards), len(name))
    for number, each in enumerate(roman):
        at = np.flatnonzero(page.latin & (table == number))
        name[at] = array([romanise(text, each) for text in name[at]])
        page.marks.add(f"romanised:{each}", at)
    for number, each in enumerate(keyboards):
        at = np.flatnonzero(poor & (keyboard == number))
        name[at] = array([on_keyboard(text, each) for text in name[at]])
        page.marks.add(f"keyboard:{each}", at)


def _dress(page: Page, bodies: Bodies, name: np.ndarray) -> None:
    """Put the form and quotation marks round the core, or the form into a column of its own."""
    form = bodies.form[page.who]
    long = page.chance(0.08)
    texts = [array([each[n] for each in FORMS])[form] for n in (1, 2, 3, 4)]
    said = np.where(page.latin, np.where(long, texts[3], texts[2]), np.where(long, texts[1], texts[0])).astype(object)
    said = np.where(bodies.sort[page.who] == STATE, "", said).astype(object)
    quoted = page.chance(0.3) & (bodies.sort[page.who] != STATE)
    which = page.rng.integers(0, len(_QUOTES), len(name))
    opening, closing = (array([pair[n] for pair in _QUOTES])[which] for n in (0, 1))
    name = np.where(quoted, opening + name + closing, name).astype(object)
    own_column = page.has_column("form")
    dropped = page.chance(0.25) & ~own_column & (said != "")
    before = page.chance(0.08) & ~page.latin
    whole = np.where(before, said + " " + name, name + " " + said).astype(object)
    whole = np.where((said == "") | dropped | own_column, name, whole).astype(object)
    loud = page.chance(page.style("capitals"))
    page.marks.add("capitals", loud)
    page.marks.add("quotes", quoted)
    page.marks.add("form_dropped", dropped)
    page.marks.add("form_long", long & ~dropped & (said != ""))
    page.columns["name"] = page.columns["org_name"] = capitals(whole, loud)
    page.columns["form"] = said


def _where(page: Page, bodies: Bodies) -> None:
    who = page.who
    former = (bodies.former_soum[who] >= 0) & page.chance(0.5)
    soum = np.where(former, bodies.former_soum[who], bodies.soum[who])
    soum = np.where(page.chance(page.style("place")), soum, -1)
    page.marks.add("moved", former)
    page.columns["aimag"], page.columns["soum"] = aimag_text(soum, page.latin, page.rng), soum_text(soum, page.latin)
    page.columns["place"] = np.where(soum < 0, "", page.columns["aimag"] + ", " + page.columns["soum"]).astype(object)
    street = np.where(page.chance(0.75), bodies.street[who], "").astype(object)
    page.columns["address"] = np.where(
        former | (soum < 0), page.columns["place"], page.columns["place"] + np.where(street == "", "", ", ") + street
    ).astype(object)
    page.evidence["soum"] = np.where(former, -1, soum)


def _reach(page: Page, bodies: Bodies) -> None:
    who = page.who
    numbers = np.where(page.chance(page.style("number")), bodies.number[who], "").astype(object)
    page.marks.add("number_missing", numbers == "")
    page.evidence["number"] = numbers.copy()
    wrong = np.flatnonzero(page.chance(page.world.rates.number_error / 2))
    spoil_digit(numbers, wrong, page.rng)
    page.evidence["number"][wrong] = ""
    page.marks.add("number_wrong", wrong)
    page.columns["number"] = numbers
    former = (bodies.former_phone[who] != "") & page.chance(page.world.rates.phone_former)
    phone = np.where(former, bodies.former_phone[who], bodies.phone[who]).astype(object)
    phone = np.where(page.chance(page.style("phone")), phone, "").astype(object)
    page.marks.add("phone_changed", former & (phone != ""))
    page.evidence["phone"] = phone
    page.columns["phone"] = phone_text(phone, page.rng)
    page.columns["email"] = np.where(page.chance(page.style("email")), bodies.email[who], "").astype(object)
    mailed = page.has_column("email")
    page.evidence["email"] = np.where(mailed, page.columns["email"], "").astype(object)
    page.columns["founded"] = date_text(bodies.founded[who], "%Y-%m-%d")
    year = page.is_in("ngo_list")
    page.columns["founded"] = np.where(year, date_text(bodies.founded[who], "%Y"), page.columns["founded"]).astype(
        object
    )


def _director(page: Page, bodies: Bodies, people: People) -> None:
    """Who heads the body, usually with an initial; a tenth of the lists still name somebody else."""
    director = bodies.director[page.who].copy()
    changed = page.chance(0.1)
    director[changed] = page.rng.integers(0, len(people), changed.sum())
    shown = page.chance(page.style("director"))
    given, father = people.given[director], people.father[director]
    cyrillic = array([name[0] for name in page.world.words.names])[father] + "." + page.world.words.names[given]
    roman = page.world.words.tables["passport"][given] + " " + page.world.words.tables["passport"][father]
    page.columns["director"] = np.where(shown, np.where(page.latin, roman, cyrillic), "").astype(object)
    named = page.has_column("director")
    page.evidence["director"] = np.where(shown & named & ~changed, director, -1)
