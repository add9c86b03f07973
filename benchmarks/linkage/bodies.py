"""Invented bodies: companies, societies, state bodies, before any list writes them down."""

from dataclasses import dataclass

import numpy as np

from benchmarks.linkage.people import People, aimag_of, phones
from benchmarks.linkage.places import AIMAG_NAMES, SOUM_NAMES, SOUM_WEIGHT
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.vocabulary import array
from benchmarks.linkage.world import World

FAMILIES = ("", "branches", "same_name", "same_owner")
COMPANY, SOCIETY, STATE = 0, 1, 2


@dataclass
class Bodies:
    """Arrays with one place per body; -1 or "" means there is none."""

    name: np.ndarray  # core in Mongolian, without form
    english: np.ndarray  # the core translated
    short: np.ndarray  # what people call it
    former_name: np.ndarray
    form: np.ndarray  # index into vocabulary.FORMS
    sort: np.ndarray  # COMPANY, SOCIETY or STATE
    number: np.ndarray
    soum: np.ndarray
    former_soum: np.ndarray
    phone: np.ndarray
    former_phone: np.ndarray
    email: np.ndarray
    director: np.ndarray  # index of a person
    founded: np.ndarray
    street: np.ndarray
    branch: np.ndarray  # is a branch of another
    family: np.ndarray
    group: np.ndarray

    def __len__(self) -> int:
        return len(self.name)


def make_bodies(world: World, count: int, people: People) -> Bodies:
    """Draw ``count`` bodies, give each a director from ``people`` and bind some into families."""
    rates, rng = world.rates, world.rng
    sort = rng.choice(3, count, p=[0.62, 0.22, 0.16])
    soum = rng.choice(len(SOUM_NAMES), count, p=SOUM_WEIGHT)
    name, english, short = _business_names(world, soum)
    form = np.where(
        sort == COMPANY, rng.choice([0, 1, 3], count, p=[0.9, 0.04, 0.06]), rng.choice([2, 4], count, p=[0.85, 0.15])
    )
    bodies = Bodies(
        name=name,
        english=english,
        short=short,
        former_name=np.full(count, "", dtype=object),
        form=np.where(sort == STATE, 5, form),
        sort=sort,
        number=rng.integers(2_000_000, 7_000_000, count).astype(str).astype(object),
        soum=soum,
        former_soum=np.full(count, -1),
        phone=np.where(rng.random(count) < 0.45, _landlines(rng, count), phones(rng, count)),
        former_phone=np.where(rng.random(count) < rates.has_former_phone, phones(rng, count), "").astype(object),
        email=np.full(count, "", dtype=object),
        director=rng.integers(0, len(people), count),
        founded=np.datetime64("1991-01-01") + (rng.beta(2, 1.3, count) * 34 * 365).astype(int),
        street=_streets(rng, count),
        branch=np.zeros(count, dtype=bool),
        family=np.zeros(count, dtype=int),
        group=np.full(count, -1),
    )
    _state_names(world, bodies)
    _bind(world, bodies)
    _change(world, bodies)
    has = rng.random(count) < 0.5
    bodies.email[has] = array([_mailbox(text) for text in bodies.name[has]])
    return bodies


def _mailbox(name: str) -> str:
    return (
        "info@"
        + "".join(letter for letter in romanise(name.lower(), "passport") if letter.isalnum())[:16]
        + ".example.mn"
    )


def _landlines(rng: np.random.Generator, count: int) -> np.ndarray:
    head = rng.choice(np.array([7011, 7012, 7555, 7700, 7011]), count)
    return (head * 10_000 + rng.integers(0, 10_000, count)).astype(str).astype(object)


def _streets(rng: np.random.Generator, count: int) -> np.ndarray:
    khoroo, house = rng.integers(1, 25, count), rng.integers(1, 120, count)
    return array([f"{k}-р хороо, {h}-р байр" for k, h in zip(khoroo.tolist(), house.tolist(), strict=True)])


def _pick(listed: list[tuple[str, str]], count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    at = (rng.random(count) ** 1.3 * len(listed)).astype(int)
    return array([mn for mn, _ in listed])[at], array([en for _, en in listed])[at]


def _business_names(world: World, soum: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Алтан Од Продакшн, Тариат Салхи, Батболд Урлан: a core, what is added to it, and the trade."""
    words, rng, count = world.words, world.rng, len(soum)
    quality, quality_en = _pick(world.pairs("qualities"), count, rng)
    thing, thing_en = _pick(world.pairs("things"), count, rng)
    second, second_en = _pick(world.pairs("things"), count, rng)
    trade, trade_en = _pick(world.pairs("trades"), count, rng)
    kind = rng.choice(4, count, p=[0.5, 0.2, 0.15, 0.15])
    founder = rng.choice(len(words.names), count, p=words.given_weight / words.given_weight.sum())
    place = SOUM_NAMES[soum]
    latin_place = array([romanise(text, "passport") for text in SOUM_NAMES])[soum]
    core = np.select(
        [kind == 0, kind == 1, kind == 2],
        [quality + " " + thing, quality + " " + thing + " " + second, place + " " + thing],
        words.names[founder],
    ).astype(object)
    core_en = np.select(
        [kind == 0, kind == 1, kind == 2],
        [quality_en + " " + thing_en, quality_en + " " + thing_en + " " + second_en, latin_place + " " + thing_en],
        words.tables["passport"][founder],
    ).astype(object)
    has_trade = (rng.random(count) < 0.7) | (kind == 3)
    name = np.where(has_trade, core + " " + trade, core).astype(object)
    return name, np.where(has_trade, core_en + " " + trade_en, core_en).astype(object), core


def _state_names(world: World, bodies: Bodies) -> None:
    """State bodies are named after their place and differ by a word or a number; no two have the same name."""
    everything: list[tuple[str, str, str, int]] = []
    aimags = aimag_of(np.arange(len(SOUM_NAMES)))
    for half in world.chosen:
        for number, aimag in enumerate(AIMAG_NAMES):
            centre = int(np.flatnonzero(aimags == number)[0])
            owner = "Нийслэлийн" if number == 0 else f"{aimag} аймгийн"
            latin = "Capital City" if number == 0 else f"{romanise(aimag, 'passport')} aimag"
            everything += [
                (f"{owner} {mn}", f"{latin} {en}", aimag[0] + ("А" if number else "") + short, centre)
                for mn, en, short in half.state_bodies
            ]
    wanted = np.flatnonzero(bodies.sort == STATE)
    numbered = world.pairs("numbered_bodies")
    highest = max(30, 2 * len(wanted) // (len(SOUM_NAMES) * len(numbered)))
    for place, soum in enumerate(SOUM_NAMES):
        unit = "дүүргийн" if aimags[place] == 0 else "сумын"
        latin = romanise(soum, "passport")
        everything.append((f"{soum} {unit} Соёлын төв", f"{latin} Culture Centre", f"{soum} СТ", place))
        for n in range(1, highest):
            everything += [
                (f"{soum} {unit} {mn.format(n=n)}", f"{latin} {en.format(n=n)}", f"{soum} {n}", place)
                for mn, en in numbered
            ]
    drawn = world.rng.permutation(len(everything))[: len(wanted)].tolist()
    for at, pick in zip(wanted.tolist(), drawn, strict=True):
        bodies.name[at], bodies.english[at], bodies.short[at], bodies.soum[at] = everything[pick]


def _bind(world: World, bodies: Bodies) -> None:
    troubles = set(world.listed("body_troubles"))
    order = world.rng.permutation(np.flatnonzero(bodies.sort != STATE))
    pairs = int(len(bodies) * world.rates.body_families / 6)
    used = 0
    for family, trouble in (("branches", "branch"), ("same_name", "branch"), ("same_owner", "same_owner")):
        if trouble not in troubles:
            continue
        one, two = order[used : used + pairs], order[used + pairs : used + 2 * pairs]
        used += 2 * pairs
        bodies.family[one] = bodies.family[two] = FAMILIES.index(family)
        bodies.group[one] = bodies.group[two] = one
        if family == "same_owner":
            for name in ("director", "phone", "street", "soum"):
                getattr(bodies, name)[two] = getattr(bodies, name)[one]
            continue
        for name in ("name", "english", "short"):
            getattr(bodies, name)[two] = getattr(bodies, name)[one]
        if family == "branches":
            bodies.form[two] = bodies.form[one]
            bodies.branch[two] = True
            bodies.number[two] = ""  # a branch has no register number of its own
            bodies.email[two] = bodies.email[one]


def _change(world: World, bodies: Bodies) -> None:
    rates, rng, count = world.rates, world.rng, len(bodies)
    troubles = set(world.listed("body_troubles"))
    if "renamed" in troubles:
        renamed = (rng.random(count) < rates.body_renamed) & (bodies.sort != STATE) & ~bodies.branch
        fresh = _business_names(world, bodies.soum)[0]
        bodies.former_name[renamed] = fresh[renamed]
    if "moved" in troubles:
        moved = (rng.random(count) < rates.body_moved) & (bodies.sort != STATE) & ~bodies.branch
        bodies.former_soum[moved] = rng.choice(len(SOUM_NAMES), moved.sum(), p=SOUM_WEIGHT)


def families_text(bodies: Bodies) -> np.ndarray:
    """Per body ``branches:12`` or an empty text."""
    names = array(list(FAMILIES))[bodies.family]
    return np.where(bodies.group < 0, "", names + ":o" + bodies.group.astype(str).astype(object)).astype(object)
