"""Invented people: who they are, before any list writes them down."""

from dataclasses import dataclass, fields

import numpy as np

from benchmarks.linkage.places import SOUM_AIMAG, SOUM_LETTERS, SOUM_NAMES, SOUM_WEIGHT
from benchmarks.linkage.vocabulary import OCCUPATIONS, Vocabulary, array
from benchmarks.linkage.world import World

#: Kinds of families; the index is what ``People.family`` holds.
FAMILIES = ("", "twins", "siblings", "father_child", "swapped_generation", "couple", "namesakes")
MOBILE_PREFIXES = np.array([99, 95, 94, 85, 88, 89, 86, 80, 96, 98])


@dataclass
class People:
    """Arrays with one place per person; -1 or "" means there is none."""

    given: np.ndarray
    father: np.ndarray
    female: np.ndarray
    clan: np.ndarray
    birth: np.ndarray  # datetime64[D]
    soum: np.ndarray
    former_soum: np.ndarray
    phone: np.ndarray
    former_phone: np.ndarray
    family_phone: np.ndarray
    email: np.ndarray
    occupation: np.ndarray
    employer: np.ndarray
    stage: np.ndarray
    number: np.ndarray
    family: np.ndarray
    group: np.ndarray  # members of one family share it; -1 alone

    def __len__(self) -> int:
        return len(self.given)

    def copy(self, name: str, to: np.ndarray, of: np.ndarray, mask: np.ndarray | None = None) -> None:
        """Give the persons ``to`` the same value as the persons ``of``."""
        values = getattr(self, name)
        values[to if mask is None else to[mask]] = values[of if mask is None else of[mask]]


def phones(rng: np.random.Generator, count: int) -> np.ndarray:
    """Invented mobile numbers of eight digits."""
    numbers = rng.choice(MOBILE_PREFIXES, count) * 1_000_000 + rng.integers(0, 1_000_000, count)
    return numbers.astype(str).astype(object)


def register_numbers(people: People, rng: np.random.Generator) -> np.ndarray:
    """Two letters by place of birth, YYMMDD (month + 20 from 2000 on), a digit whose parity is the sex, a check."""
    day = people.birth.astype("datetime64[D]")
    year = day.astype("datetime64[Y]").astype(int) + 1970
    month = day.astype("datetime64[M]").astype(int) % 12 + 1 + np.where(year >= 2000, 20, 0)
    of_month = (day - day.astype("datetime64[M]")).astype(int) + 1
    serial = rng.integers(0, 5, len(people)) * 2 + np.where(people.female, 0, 1)
    digits = (((year % 100) * 100 + month) * 100 + of_month) * 100 + serial * 10 + rng.integers(0, 10, len(people))
    return SOUM_LETTERS[people.soum] + array([f"{value:08d}" for value in digits.tolist()])


def make_people(world: World, count: int) -> People:
    """Draw ``count`` people and bind some of them into families; employers are given later."""
    words, rates, rng = world.words, world.rates, world.rng
    clans = array(world.listed("clans"))
    female = rng.random(count) < 0.52
    people = People(
        given=_given(female, words, rng),
        father=rng.choice(len(words.names), count, p=words.father_weight),
        female=female,
        clan=clans[(rng.random(count) ** 1.7 * len(clans)).astype(int)],
        birth=np.datetime64("1940-01-01") + (rng.beta(2.6, 2.0, count) * 66 * 365.25).astype(int),
        soum=rng.choice(len(SOUM_NAMES), count, p=SOUM_WEIGHT),
        former_soum=np.full(count, -1),
        phone=phones(rng, count),
        former_phone=np.where(rng.random(count) < rates.has_former_phone, phones(rng, count), ""),
        family_phone=np.full(count, "", dtype=object),
        email=np.full(count, "", dtype=object),
        occupation=(rng.random(count) ** 1.8 * len(OCCUPATIONS)).astype(int),
        employer=np.full(count, -1),
        stage=np.full(count, "", dtype=object),
        number=np.full(count, "", dtype=object),
        family=np.zeros(count, dtype=int),
        group=np.full(count, -1),
    )
    people.former_phone = people.former_phone.astype(object)
    _bind(world, people)
    movers = rng.random(count) < rates.movers
    people.former_soum[movers] = rng.choice(len(SOUM_NAMES), movers.sum(), p=SOUM_WEIGHT)
    people.number = register_numbers(people, rng)
    _name_on_stage(world, people)
    _give_email(world, people)
    return people


def _given(female: np.ndarray, words: Vocabulary, rng: np.random.Generator) -> np.ndarray:
    out = np.empty(len(female), dtype=int)
    for sex in (False, True):
        weight = np.where(words.female == sex, words.given_weight, 0)
        out[female == sex] = rng.choice(len(words.names), (female == sex).sum(), p=weight / weight.sum())
    return out


def _bind(world: World, people: People) -> None:
    """Make disjoint pairs of people into twins, siblings, father and child, couples and namesakes."""
    order = world.rng.permutation(len(people))
    used = 0
    kin = set(world.listed("kin"))
    for family, share in world.rates.families.items():
        if family not in kin | {"twins", "namesakes"}:
            continue
        pairs = int(len(people) * share / 2)
        one, two = order[used : used + pairs], order[used + pairs : used + 2 * pairs]
        used += 2 * pairs
        people.family[one] = people.family[two] = FAMILIES.index(family)
        people.group[one] = people.group[two] = one
        if family == "namesakes":
            _namesakes(world, people, one, two)
        else:
            _kin(world, people, family, (one, two))
        if family == "twins":
            _twin_names(world, people, one, two)


def _kin(world: World, people: People, family: str, pair: tuple[np.ndarray, np.ndarray]) -> None:
    (one, two), words, rng = pair, world.words, world.rng
    for name in ("soum", "family_phone"):
        people.copy(name, two, one)
    people.family_phone[one] = people.family_phone[two] = phones(rng, len(one))
    trade = rng.random(len(one)) < 0.5  # arts run in families
    people.copy("occupation", two, one, trade)
    if family == "couple":
        people.female[two] = ~people.female[one]
        people.given[two] = _given(people.female[two], words, rng)
        years = rng.integers(-5 * 365, 5 * 365, len(one))
        people.birth[two] = people.birth[one] + years
        return
    people.copy("clan", two, one)
    if family in {"father_child", "swapped_generation"}:
        people.female[one] = False
        people.given[one] = rng.choice(len(words.names), len(one), p=words.father_weight)
        people.birth[one] = np.datetime64("1940-01-01") + rng.integers(0, 30 * 365, len(one))
        people.birth[two] = people.birth[one] + rng.integers(20 * 365, 35 * 365, len(one))
        people.father[two] = people.given[one]
        if family == "swapped_generation":  # a son named after his grandfather: Дорж Бат, then Бат Дорж
            people.female[two] = False
            people.given[two] = people.father[one]
        return
    people.copy("father", two, one)
    gap = np.zeros(len(one), dtype=int) if family == "twins" else rng.integers(400, 12 * 365, len(one))
    people.birth[two] = people.birth[one] + gap


def _namesakes(world: World, people: People, one: np.ndarray, two: np.ndarray) -> None:
    """Same given name and soum; half have the same father's name too, the others only its initial."""
    words, rng = world.words, world.rng
    for name in ("given", "female", "soum"):
        people.copy(name, two, one)
    whole = rng.random(len(one)) < 0.5
    people.copy("father", two, one, whole)
    initials = np.array([name[0] for name in words.names])
    for letter in np.unique(initials[people.father[one[~whole]]]):
        here = ~whole & (initials[people.father[one]] == letter)
        weight = np.where(initials == letter, words.father_weight, 0)
        people.father[two[here]] = rng.choice(len(initials), here.sum(), p=weight / weight.sum())
    people.birth[two] = people.birth[one] + rng.integers(-9000, 9000, len(one))
    people.copy("occupation", two, one, rng.random(len(one)) < 0.35)


def _twin_names(world: World, people: People, one: np.ndarray, two: np.ndarray) -> None:
    """Names from one stem (Мөнхбаяр, Мөнхболд) or different ones, of either sex."""
    words, rng, kinds = world.words, world.rng, world.listed("twin_names")
    alike = np.array([kind == "alike" for kind in kinds])[rng.integers(0, len(kinds), len(one))]
    for a, b in zip(one[alike].tolist(), two[alike].tolist(), strict=True):
        same = np.flatnonzero((words.stems == words.stems[people.given[a]]) & (words.female == people.female[a]))
        same = same[same != people.given[a]]
        people.female[b] = people.female[a]
        people.given[b] = rng.choice(same) if len(same) else (people.given[a] + 1) % len(words.names)
    clash = people.given[one] == people.given[two]
    people.given[two[clash]] = (people.given[two[clash]] + 1) % len(words.names)


def _name_on_stage(world: World, people: People) -> None:
    words, rng = world.words, world.rng
    has = np.flatnonzero(rng.random(len(people)) < world.rates.stage_names)
    listed = array(world.listed("stage_words"))
    first = listed[rng.integers(0, len(listed), len(has))]
    short = array([name[:4] for name in words.names])[people.given[has]]
    people.stage[has] = np.where(rng.random(len(has)) < 0.6, first + " " + short, short + " " + first)


def _give_email(world: World, people: People) -> None:
    words, rng = world.words, world.rng
    has = np.flatnonzero(rng.random(len(people)) < world.rates.has_email)
    latin = array([name.lower().replace("-", "") for name in words.tables["passport"]])[people.given[has]]
    ends = array(["@example.mn", "@example.com", "@example.org"])[rng.integers(0, 3, len(has))]
    people.email[has] = latin + rng.integers(10, 9999, len(has)).astype(str).astype(object) + ends


def families_text(people: People) -> np.ndarray:
    """Per person ``twins:123`` or an empty text."""
    names = array(list(FAMILIES))[people.family]
    return np.where(people.group < 0, "", names + ":p" + people.group.astype(str).astype(object)).astype(object)


def aimag_of(soum: np.ndarray) -> np.ndarray:
    """Index of the aimag of each soum; -1 stays -1."""
    return np.where(soum < 0, -1, SOUM_AIMAG[soum])


FIELDS = tuple(each.name for each in fields(People))
