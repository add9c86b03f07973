"""The lists that are mostly of people: survey, film council, circus and stage, museum staff, craft fair."""

from random import Random

from invented import dirt, names
from invented.tables import Line, Listing, Sheet
from invented.world import Person, World

SURVEY_HEADER = [
    "start", "end", "Иргэн үү, хуулийн этгээд үү?", "Таны эцэг (эх)-ийн нэр", "Таны нэр", "Регистрийн дугаар",
    "Төрсөн огноо", "Хүйс", "Байгууллагын нэр", "Байгууллагын регистр", "Аймаг, нийслэл", "Сум, дүүрэг",
    "Утасны дугаар", "Цахим шуудангийн хаяг", "Мэргэжил", "Одоо ажиллаж буй газар",
    "Мэдээллээ нийтэд нээлттэй байлгахыг зөвшөөрөх үү?", "_id", "_uuid", "_submission_time", "_notes",
]  # fmt: skip


def shuffled(rng: Random, people: list[Person], share: float) -> list[Person]:
    """Return about ``share`` of ``people`` in an order of no meaning."""
    taken = [person for person in people if rng.random() < share]
    rng.shuffle(taken)
    return taken


def by_key(world: World) -> dict[str, str]:
    """Return the present name of each body by its key, for cells that name an employer."""
    return {body.key: body.core for body in world.bodies}


def survey_person(rng: Random, person: Person, employers: dict[str, str], number: int) -> Line:
    """Return one answer of a person to the survey."""
    day = f"2017-0{rng.randrange(4, 7)}-{rng.randrange(1, 29):02d}"
    given, parent = dirt.given_name(rng, person.given), dirt.given_name(rng, person.parent)
    if rng.random() < 0.05:
        given, parent = parent, given
    cells = (
        f"{day}T10:{number % 60:02d}:00.000+08:00", f"{day}T10:{number % 60:02d}:59.000+08:00", "Иргэн",
        rng.choice((parent, parent, parent, names.genitive(parent), f"{parent[0]}.")), given,
        dirt.number(rng, person, 0.7), dirt.maybe(rng, 0.8, person.born.isoformat()),
        {"male": "Эрэгтэй", "female": "Эмэгтэй"}[person.gender], "", "", person.aimag,
        dirt.maybe(rng, 0.9, person.soum),
        dirt.phone(rng, person, 0.8), dirt.maybe(rng, 0.5, person.email), person.occupation,
        employers.get(person.employer, ""), "Тийм" if person.consent else "Үгүй", 170_000 + number,
        f"uuid:00000000-0000-4000-8000-{number:012d}", f"{day}T11:00:00",
        names.FEET["invented_mn"] if number == 1 else "",
    )  # fmt: skip
    return Line(cells, person.key, person.family)


def survey(world: World, rng: Random) -> Listing:
    """Return the export of a survey tool: answers of citizens and of legal entities, some given twice."""
    employers, lines = by_key(world), []
    people = shuffled(rng, world.people, 0.55)
    for person in [*people, *rng.sample(people, 16)]:
        lines.append(survey_person(rng, person, employers, len(lines) + 1))
    for body in world.bodies:
        if body.form == "group" or rng.random() > 0.4:
            continue
        number = len(lines) + 1
        cells = (
            "2017-06-01T09:00:00.000+08:00", "2017-06-01T09:20:00.000+08:00", "Хуулийн этгээд", "", "", "", "", "",
            dirt.body_name(rng, body), dirt.maybe(rng, 0.7, body.number), body.aimag, body.soum,
            dirt.maybe(rng, 0.7, body.phone), dirt.maybe(rng, 0.4, body.email), "", "", "Тийм", 170_000 + number,
            f"uuid:00000000-0000-4000-8000-{number:012d}", "2017-06-01T11:00:00", "",
        )  # fmt: skip
        lines.append(Line(cells, body.key, body.family))
    note = Sheet("Тэмдэглэл", [["Тэмдэглэл / Note"]], above=[[names.FEET["invented_mn"]], [names.FEET["invented_en"]]])
    return Listing("survey-2017", [Sheet("Судалгаа 2017", [SURVEY_HEADER], lines), note])


def film_council(world: World, rng: Random) -> Listing:
    """Return the film council's workbook: title lines, a two-line merged header, totals; then a sheet of studios."""
    group = ["№", "Гишүүний мэдээлэл", "", "", "", "Холбоо барих", "", "Төрөлжсөн чиглэл", "Элссэн он"]
    under = ["", "Овог", "Нэр", "Регистрийн дугаар", "Төрсөн он, сар, өдөр", "Гар утас", "И-мэйл", "", ""]
    lines: list[Line] = []
    for person in shuffled(rng, [p for p in world.people if p.area == "film"], 0.9):
        parent = dirt.given_name(rng, person.parent)
        cells = (
            len(lines) + 1, rng.choice((parent, parent[0], f"{parent[0]}.")), dirt.given_name(rng, person.given),
            dirt.number(rng, person, 0.5), dirt.maybe(rng, 0.7, f"{person.born:%Y.%m.%d}"),
            dirt.phone(rng, person, 0.8),
            dirt.maybe(rng, 0.4, person.email), person.occupation, rng.randrange(1992, 2018),
        )  # fmt: skip
        lines.append(Line(cells, person.key, person.family))
    lines.append(Line(("", f"Нийт: {len(lines)} гишүүн", "", "", "", "", "", "", "")))
    above = [
        ["МОНГОЛЫН КИНО УРЛАГИЙН ЗӨВЛӨЛ (зохиомол)"],
        ["Гишүүдийн нэгдсэн жагсаалт, 2018 он"],
        [names.INVENTED],
        [],
    ]
    members = Sheet("Гишүүд", [group, under], lines, above, [(0, 1, 4), (0, 5, 6)])
    studios: list[Line] = []
    for body in [b for b in world.bodies if b.form == "llc" and (b.area == "film" or rng.random() < 0.15)]:
        director = next(person for person in world.people if person.key == body.director)
        cells = (
            len(studios) + 1, dirt.body_name(rng, body, latin=0.15), dirt.maybe(rng, 0.5, body.number),
            f"{director.parent[0]}.{director.given}", dirt.maybe(rng, 0.8, body.phone), body.founded,
        )  # fmt: skip
        studios.append(Line(cells, body.key, body.family))
    studios.append(Line(("", "Дүн", "", "", "", len(studios))))
    header = ["№", "Студи, продакшны нэр", "Улсын бүртгэлийн дугаар", "Захирал", "Утас", "Үүсгэн байгуулсан он"]
    return Listing("film-council", [members, Sheet("Студи", [header], studios, [[names.INVENTED]])])


def circus_stage(world: World, rng: Random) -> Listing:
    """Return the circus and stage list: an old code page, є ї for ө ү, initials, stage names, groups among people."""
    lines: list[Line] = []
    for person in shuffled(rng, [p for p in world.people if p.area == "stage"], 0.9):
        cells = (
            len(lines) + 1, dirt.full_name(rng, person, "iiiIgpcA"), person.stage_name, person.occupation,
            dirt.maybe(rng, 0.75, str(person.born.year)), dirt.phone(rng, person, 0.75), person.aimag,
            f"{person.died} онд нас барсан" if person.died else "",
        )  # fmt: skip
        lines.append(Line(cells, person.key, person.family))
    for body in [b for b in world.bodies if b.form == "group"]:
        cells = (len(lines) + 1, dirt.group_name(rng, body), "", "Хамтлаг", "", body.phone, body.aimag, "")
        lines.append(Line(cells, body.key, body.family))
    header = ["Д/д", "Овог нэр", "Уран бүтээлийн нэр", "Төрөл", "Төрсөн он", "Утас", "Аймаг", "Тайлбар"]
    header = [heading.translate(dirt.LEGACY) for heading in header]
    lines = [
        Line(tuple(c.translate(dirt.LEGACY) if isinstance(c, str) else c for c in line.cells), line.entity, line.family)
        for line in lines
    ]
    title = "Цирк, тайзны уран бүтээлчдийн жагсаалт (ЗОХИОМОЛ ЖИШЭЭ / INVENTED SAMPLE)"
    above = [[title.translate(dirt.LEGACY)]]
    return Listing("circus-stage", [Sheet("", [header], lines, above)])


def museum_staff(world: World, rng: Random) -> Listing:
    """Return the museums' staff list: given name first or last, posts, office telephones shared by everybody there."""
    employers, lines = by_key(world), []
    state = {body.key: body for body in world.bodies if body.form == "state"}
    staff = [p for p in world.people if p.employer in state or p.occupation == "Музейн ажилтан"]
    for person in shuffled(rng, staff, 0.95):
        body = state.get(person.employer)
        office = body.phone if body else ""
        cells = (
            dirt.full_name(rng, person, "pRRrf"),
            rng.choice(("Сан хөмрөгч", "Эрдэм шинжилгээний ажилтан", "Тайлбарлагч")),
            employers.get(person.employer, "Музей"), dirt.number(rng, person, 0.6),
            dirt.maybe(rng, 0.6, person.born.isoformat()),
            office if rng.random() < 0.5 else dirt.phone(rng, person, 0.6), person.aimag,
            names.FEET["invented_mn"],
        )  # fmt: skip
        lines.append(Line(cells, person.key, person.family))
    header = ["Ажилтны овог, нэр", "Албан тушаал", "Музей", "РД", "Төрсөн өдөр", "Утас", "Аймаг/Нийслэл", "Тэмдэглэл"]
    return Listing("museum-staff", [Sheet("Ажилтан", [header], lines, [[names.INVENTED]])])


def craft_fair(world: World, rng: Random) -> Listing:
    """Return the craft fair's list, typed on telephones in Latin letters by several habits, one JSON object a line."""
    lines: list[Line] = []
    for person in shuffled(rng, [p for p in world.people if p.area == "heritage"], 0.75):
        habit = rng.choice(("chat", "chat", "chat", "passport", "older"))
        given, parent = (names.romanise(text, habit) for text in (person.given, person.parent))
        written = rng.choice(
            (f"{given}", f"{parent} {given}", f"{parent[0]}.{given}", f"{given} {parent}", f"{parent} {given}")
        )
        cells = (
            written.lower() if rng.random() < 0.4 else written, dirt.phone(rng, person, 0.95),
            names.romanise(f"{person.aimag} {person.soum}", habit), names.OCCUPATIONS_EN.get(person.occupation, ""),
            dirt.maybe(rng, 0.3, str(person.born.year)), "INVENTED SAMPLE / ЗОХИОМОЛ ЖИШЭЭ",
        )  # fmt: skip
        lines.append(Line(cells, person.key, person.family))
    header = ["name", "utas", "hayag", "craft", "born", "note"]
    return Listing("craft-fair", [Sheet("", [header], lines)])
