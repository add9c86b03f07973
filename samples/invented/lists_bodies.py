"""The lists of bodies, or of both: company register, an aimag's own workbook, NGO list; and two Estonian lists."""

from random import Random

from invented import dirt, names
from invented.tables import Line, Listing, Sheet
from invented.world import Body, Person, World


def company_register(world: World, rng: Random) -> Listing:
    """Return an extract of a company register: headings in two languages, numbers complete, names in capitals."""
    lines: list[Line] = []
    for body in [b for b in world.bodies if b.form in {"llc", "ngo"}]:
        if rng.random() > 0.9:
            continue
        director = next(person for person in world.people if person.key == body.director)
        form = {"llc": "Хязгаарлагдмал хариуцлагатай компани", "ngo": "Төрийн бус байгууллага"}[body.form]
        cells = (
            body.number, body.core.upper(), form,
            f"{body.founded}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
            f"{body.aimag}, {body.soum}", director.parent, director.given, body.phone, "INVENTED / ЗОХИОМОЛ",
        )  # fmt: skip
        lines.append(Line(cells, body.key, body.family))
    header = [
        "Register No / Регистр", "Company name / Нэр", "Legal form / Хэлбэр", "Registered on / Бүртгэсэн огноо",
        "Address / Хаяг", "Director surname / Захирлын овог", "Director name / Захирлын нэр", "Phone / Утас",
        "Remark / Тайлбар",
    ]  # fmt: skip
    return Listing("company-register", [Sheet("", [header], lines)])


def aimag_person(rng: Random, person: Person, number: int) -> Line:
    """Return a person's line in the aimag's workbook."""
    cells = (
        number, dirt.full_name(rng, person, "ppgir"), "Иргэн", person.occupation, dirt.number(rng, person, 0.4),
        person.born.year if rng.random() < 0.6 else "", dirt.phone(rng, person, 0.7), "",
    )  # fmt: skip
    return Line(cells, person.key, person.family, hidden=rng.random() < 0.06)


def aimag_body(rng: Random, body: Body, number: int) -> Line:
    """Return a body's line in the aimag's workbook."""
    name = dirt.group_name(rng, body) if body.form == "group" else dirt.body_name(rng, body)
    kind = {"group": "Хамтлаг", "state": "Төсөвт байгууллага"}.get(body.form, "Аж ахуйн нэгж")
    cells = (number, name, kind, "", dirt.maybe(rng, 0.4, body.number), body.founded, body.phone, "")
    return Line(cells, body.key, body.family, hidden=rng.random() < 0.06)


def aimag_workbook(world: World, rng: Random) -> Listing:
    """Return one aimag's own workbook: a sheet for each soum, hidden rows, empty lines, a total under each sheet."""
    header = ["№", "Нэр", "Иргэн, байгууллага", "Чиглэл", "Регистр", "Төрсөн / байгуулагдсан он", "Утас", "Тэмдэглэл"]
    sheets = []
    for soum in names.UNITS["Увс"]:
        lines: list[Line] = []
        for person in [p for p in world.people if (p.aimag, p.soum) == ("Увс", soum)]:
            lines.append(aimag_person(rng, person, len(lines) + 1))
            if rng.random() < 0.06:
                lines.append(Line(("",) * len(header)))
        for body in [b for b in world.bodies if (b.aimag, b.soum) == ("Увс", soum)]:
            lines.append(aimag_body(rng, body, len(lines) + 1))
        lines.append(Line(("", "Бүгд", "", "", "", "", "", sum(1 for line in lines if line.entity))))
        above = [[f"Увс аймаг, {soum} сум: соёл, урлагийн хүн, байгууллага"], [names.INVENTED]]
        sheets.append(Sheet(soum, [header], lines, above))
    return Listing("aimag-uvs", sheets)


def ngo_list(world: World, rng: Random) -> Listing:
    """Return the list of associations as JSON objects: former names, heads, web addresses, some typed in Latin."""
    lines: list[Line] = []
    for body in [b for b in world.bodies if b.form in {"ngo", "group"} or (b.form == "llc" and rng.random() < 0.12)]:
        head = next(person for person in world.people if person.key == body.director)
        cells = (
            dirt.body_name(rng, body, latin=0.1, form_first=0.2), dirt.maybe(rng, 0.5, body.number), str(body.founded),
            f"{head.parent[0]}.{head.given}", body.phone if rng.random() < 0.7 else head.phones[0],
            dirt.maybe(rng, 0.6, body.email), f"{body.aimag} {body.soum}", "ЗОХИОМОЛ ЖИШЭЭ / INVENTED SAMPLE",
        )  # fmt: skip
        lines.append(Line(cells, body.key, body.family))
    header = ["Байгууллагын нэр", "Регистр", "Байгуулагдсан", "Тэргүүн", "Утас", "И-мэйл", "Хаяг", "Тайлбар"]
    return Listing("ngo-list", [Sheet("", [header], lines)])


ESTONIAN = names.LISTS["ee"]
EE_INVENTED = "VÄLJAMÕELDUD NÄIDIS: kõik isikud ja numbrid on väljamõeldud. INVENTED SAMPLE."


def estonian_lists(rng: Random) -> list[Listing]:
    """Return two small lists for the second country pack: culture houses and craftspeople."""
    houses = Sheet(
        "Rahvamajad", [["Nimi", "Telefon", "Omavalitsus", "Amet", "Sünniaeg", "Märkus"]], above=[[EE_INVENTED]]
    )
    crafts = Sheet("", [["Perekonnanimi", "Eesnimi", "Sünniaasta", "E-post", "Vald või linn", "Käsitöö", "Märkus"]])
    for at in range(48):
        given, surname = rng.choice(ESTONIAN["given"]), rng.choice(ESTONIAN["surnames"])
        born = f"{rng.randrange(1, 29):02d}.{rng.randrange(1, 13):02d}.{rng.randrange(1950, 2000)}"
        unit, work, key = rng.choice(ESTONIAN["units"]), rng.choice(ESTONIAN["work"]), f"E{at + 1:03d}"
        phone = f"+372 000 {at:04d}"
        plain = str.maketrans("õäöüÕÄÖÜ", "oaouOAOU") if rng.random() < 0.2 else {}
        if rng.random() < 0.75:
            name = rng.choice((f"{surname}, {given}", f"{given} {surname}", f"{given} {surname}"))
            houses.lines.append(Line((name.translate(plain), phone, unit, work, born, ""), key))
        if rng.random() < 0.75:
            mail = f"{key.lower()}@example.org"
            crafts.lines.append(Line((surname, given.translate(plain), born[-4:], mail, unit, work, EE_INVENTED), key))
    return [Listing("ee-culture-houses", [houses]), Listing("ee-craftspeople", [crafts])]
