"""The invented people and bodies behind the lists: what is really so, before any list garbles it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from invented import names

#: Letter pair that the country pack reserves for samples: it never opens a real register number.
RESERVED_LETTERS = "ЪЬ"
#: First digits of invented company numbers and telephones: issued numbers have no leading zeros, no exchange is 10.
RESERVED_COMPANY = "00"
RESERVED_PHONE = "10"


@dataclass(frozen=True)
class Person:
    """One invented person; ``family`` names the difficulty that the person belongs to."""

    key: str
    given: str
    parent: str
    clan: str
    gender: str
    born: date
    number: str
    phones: tuple[str, ...]
    email: str
    aimag: str
    soum: str
    area: str
    occupation: str
    employer: str = ""
    stage_name: str = ""
    died: str = ""
    family: str = "plain"
    consent: bool = False


@dataclass(frozen=True)
class Body:
    """One invented company, association, state body or informal group."""

    key: str
    core: str
    form: str
    number: str
    founded: int
    phone: str
    email: str
    aimag: str
    soum: str
    area: str
    director: str = ""
    former_core: str = ""
    family: str = "plain"


@dataclass
class World:
    """Everybody, by key order, with the counters that keep numbers distinct."""

    rng: Random
    people: list[Person] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def phone(self) -> str:
        """Return the next telephone number of the invented range."""
        self._phones = getattr(self, "_phones", 0) + 1
        return f"{RESERVED_PHONE}{(self._phones * 7919) % 1_000_000:06d}"

    def person_number(self, born: date, gender: str) -> str:
        """Return an invented number: reserved letters, date (month + 20 from 2000), serial digit, check digit."""
        month = born.month + (20 if born.year >= 2000 else 0)
        serial = self.rng.randrange(5) * 2 + (gender == "male")
        return f"{RESERVED_LETTERS}{born:%y}{month:02d}{born:%d}{serial}{self.rng.randrange(10)}"

    def company_number(self) -> str:
        """Return the next seven-digit company number of the invented range."""
        self._companies = getattr(self, "_companies", 0) + 1
        return f"{RESERVED_COMPANY}{(self._companies * 6151) % 100_000:05d}"


def a_person(world: World, **known: object) -> Person:
    """Add one person; whatever ``known`` does not say is drawn by lot."""
    rng = world.rng
    gender = str(known.get("gender") or rng.choice(("male", "female")))
    born = known.get("born")
    if not isinstance(born, date):
        born = date(1948, 1, 1) + timedelta(days=rng.randrange(54 * 365))
    aimag = str(known.get("aimag") or rng.choice([*names.UNITS, "Увс", "Увс", "Увс", "Улаанбаатар", "Улаанбаатар"]))
    area = str(known.get("area") or rng.choice(tuple(names.AREAS)))
    given = str(known.get("given") or rng.choice(names.MALE if gender == "male" else names.FEMALE))
    key = f"P{len(world.people) + 1:04d}"
    latin = names.romanise(given, "passport").lower()
    fresh = Person(
        key=key,
        given=given,
        parent=rng.choice(names.PARENTS),
        clan=rng.choice(names.CLANS),
        gender=gender,
        born=born,
        number=world.person_number(born, gender),
        phones=(world.phone(), world.phone()),
        email=f"{latin}.{key.lower()}@example.org",
        aimag=aimag,
        soum=rng.choice(names.UNITS[aimag]),
        area=area,
        occupation=rng.choice(names.AREAS[area]),
        stage_name=rng.choice(names.STAGE_NAMES) if area == "stage" and rng.random() < 0.2 else "",
        died="2019" if born.year < 1953 and rng.random() < 0.3 else "",
        consent=rng.random() < 0.5,
    )
    world.people.append(replace(fresh, **known))  # type: ignore[arg-type]
    return world.people[-1]


def difficult_families(world: World) -> None:
    """Add people easily taken for one another: namesakes, twins, parent and child, one household telephone."""
    rng = world.rng
    for _ in range(10):
        one = a_person(world, family="namesake")
        a_person(world, given=one.given, parent=one.parent, gender=one.gender, aimag=one.aimag, soum=one.soum,
                 area=one.area, occupation=one.occupation, family="namesake")  # fmt: skip
    for _ in range(8):
        one = a_person(world, family="twins")
        a_person(world, parent=one.parent, clan=one.clan, born=one.born, gender=one.gender, aimag=one.aimag,
                 soum=one.soum, area=one.area, occupation=one.occupation, phones=one.phones,
                 family="twins")  # fmt: skip
    for _ in range(8):
        father = a_person(
            world, gender="male", born=date(1955, 3, 1) + timedelta(days=rng.randrange(3000)), family="parent"
        )
        a_person(world, parent=father.given, clan=father.clan, aimag=father.aimag, soum=father.soum, area=father.area,
                 born=father.born + timedelta(days=25 * 365 + rng.randrange(2000)), occupation=father.occupation,
                 phones=(father.phones[0], world.phone()), family="parent")  # fmt: skip
    for _ in range(8):
        one = a_person(world, family="household")
        a_person(world, phones=one.phones, aimag=one.aimag, soum=one.soum, family="household")


def a_body(world: World, core: str, form: str, **known: object) -> Body:
    """Add one body; whatever ``known`` does not say is drawn by lot."""
    rng = world.rng
    aimag = str(known.get("aimag") or rng.choice([*names.UNITS, "Улаанбаатар", "Улаанбаатар", "Увс"]))
    key = f"B{len(world.bodies) + 1:04d}"
    fresh = Body(
        key=key,
        core=core,
        form=form,
        number=world.company_number() if form != "group" else "",
        founded=rng.randrange(1992, 2018),
        phone=world.phone(),
        email=f"{key.lower()}@example.com",
        aimag=aimag,
        soum=rng.choice(names.UNITS[aimag]),
        area=rng.choice(tuple(names.AREAS)),
        director=rng.choice(world.people).key,
    )
    world.bodies.append(replace(fresh, **known))  # type: ignore[arg-type]
    return world.bodies[-1]


def all_bodies(world: World) -> None:
    """Add companies (some renamed), associations, state bodies whose names are nearly equal, and informal groups."""
    rng = world.rng
    for core in names.COMPANY_CORES:
        for twist in ("", " медиа", " групп"):
            if rng.random() < (1.0 if not twist else 0.7):
                renamed = f"Шинэ {core.lower()}" if rng.random() < 0.12 else ""
                family = "renamed" if renamed else ("near" if twist else "plain")
                a_body(world, core + twist, "llc", former_core=renamed, family=family)
    for core in names.NGO_CORES:
        a_body(world, core, "ngo")
        if rng.random() < 0.5:
            aimag = rng.choice(tuple(names.UNITS)[:-1])
            a_body(world, f"{core} {aimag} аймаг дахь салбар", "ngo", aimag=aimag, family="branch")
    for aimag in tuple(names.UNITS)[:-1]:
        for core in names.STATE_CORES:
            a_body(world, core.format(aimag), "state", aimag=aimag, soum=names.UNITS[aimag][0], family="near")
    for core in names.GROUPS:
        a_body(world, core, "group", area="stage")


def build(seed: int = 2017) -> World:
    """Return the whole invented world; the same seed always gives the same one."""
    world = World(Random(seed))  # noqa: S311 - a repeatable sample is wanted, not a secret
    difficult_families(world)
    while len(world.people) < 520:
        a_person(world)
    all_bodies(world)
    employers = [body for body in world.bodies if body.form != "group"]
    world.people = [
        replace(person, employer=world.rng.choice(employers).key) if world.rng.random() < 0.55 else person
        for person in world.people
    ]
    return world
