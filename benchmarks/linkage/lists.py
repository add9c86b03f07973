"""The eight lists: who keeps them, under which headings, and by which habits their keepers write."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Style:
    """One list. ``columns`` maps what the generator writes to the heading the keeper uses, in the file's order."""

    file: str
    title: str
    columns: dict[str, str]
    people: float  # weight among the lists that name people
    bodies: tuple[float, float, float]  # weights for companies, societies, state bodies
    kinds: tuple[str, str] = ("", "")  # how a column of kinds calls a person and a body
    latin: float = 0.02
    keyboard: float = 0.1
    capitals: float = 0.0
    shapes: dict[str, float] = field(default_factory=dict)
    number: float = 0.0
    phone: float = 0.8
    office: float = 0.1
    email: float = 0.2
    birth: str = ""
    has_birth: float = 0.8
    place: float = 0.95
    clan: float = 0.0
    employer: float = 0.7
    occupation: float = 0.8
    stage: float = 0.0
    stage_only: float = 0.0
    director: float = 0.6


_SPLIT = {
    "patronymic_given": 0.72,
    "initial_given": 0.14,
    "genitive_given": 0.08,
    "given": 0.06,
}
_MONGOLIAN = {
    "patronymic_given": 0.3,
    "initial_given": 0.42,
    "genitive_given": 0.08,
    "given": 0.05,
    "given_initial": 0.03,
    "given_patronymic": 0.03,
    "patronymic_ovogtoi_given": 0.08,
    "clan_patronymic_given": 0.05,
    "clan_genitive_given": 0.05,
}
_LATIN = {
    "patronymic_given": 0.1,
    "given_patronymic": 0.62,
    "initial_given": 0.14,
    "given_initial": 0.08,
    "given": 0.06,
}
_FAIR = _MONGOLIAN | {"patronymic_given": 0.42, "given_patronymic": 0.1, "initial_given": 0.28}

LISTS: tuple[Style, ...] = (
    Style(
        file="survey_2025",
        title="Соёлын салбарын судалгаа 2025",
        columns={
            "surname": "Эцэг/эхийн нэр",
            "given_name": "Нэр",
            "number": "Регистрийн дугаар",
            "gender": "Хүйс",
            "birth": "Төрсөн огноо",
            "aimag": "Аймаг/Нийслэл",
            "soum": "Сум/Дүүрэг",
            "phone": "Утасны дугаар",
            "email": "И-мэйл хаяг",
            "occupation": "Мэргэжил",
            "employer": "Ажиллаж буй байгууллага",
        },
        people=0.24, bodies=(0, 0, 0), shapes=_SPLIT, latin=0.05, number=0.82, phone=0.93, office=0.06, email=0.9,
        birth="%Y-%m-%d", has_birth=0.9,
    ),
    Style(
        file="film_council",
        title="Film Council register",
        columns={
            "kind": "Type",
            "name": "Name",
            "birth": "Date of birth",
            "number": "Reg. No",
            "phone": "Mobile",
            "email": "E-mail",
            "occupation": "Profession",
            "employer": "Company",
            "aimag": "City / Province",
        },
        people=0.13, bodies=(0.14, 0.04, 0.04), kinds=("Individual", "Company"), shapes=_LATIN, latin=0.93, number=0.5,
        phone=0.9, office=0.08, email=0.85, birth="%d/%m/%Y", has_birth=0.75,
    ),
    Style(
        file="circus_and_stage",
        title="Цирк, тайзны уран бүтээлчдийн жагсаалт",
        columns={
            "name": "Овог, нэр",
            "stage": "Тайзны нэр",
            "birth": "Төрсөн он",
            "occupation": "Мэргэшил",
            "employer": "Байгууллага",
            "phone": "Утас",
            "place": "Оршин суугаа газар",
        },
        people=0.14, bodies=(0, 0, 0), shapes=_MONGOLIAN, phone=0.9, office=0.1, birth="%Y", has_birth=0.85, stage=0.8,
        stage_only=0.25,
    ),
    Style(
        file="company_register_extract",
        title="Хуулийн этгээдийн улсын бүртгэлээс гаргасан түүвэр",
        columns={
            "org_name": "Хуулийн этгээдийн нэр",
            "form": "Хариуцлагын хэлбэр",
            "number": "Регистр",
            "founded": "Бүртгэсэн огноо",
            "aimag": "Аймаг, нийслэл",
            "soum": "Сум, дүүрэг",
            "address": "Хаяг",
            "director": "Гүйцэтгэх захирал",
            "phone": "Утас 1",
        },
        people=0, bodies=(0.45, 0.25, 0.2), keyboard=0.02, capitals=0.5, number=0.97, phone=0.8, director=0.9,
    ),
    Style(
        file="museum_staff",
        title="Музей, номын сангийн ажилтны бүртгэл",
        columns={
            "clan": "Ургийн овог",
            "surname": "Овог",
            "given_name": "Өөрийн нэр",
            "number": "РД",
            "birth": "Төрсөн он, сар, өдөр",
            "occupation": "Албан тушаал",
            "employer": "Байгууллагын нэр",
            "phone": "Холбоо барих утас",
            "aimag": "Аймаг",
        },
        people=0.13, bodies=(0, 0, 0), shapes=_SPLIT, number=0.82, phone=0.88, office=0.35, birth="%Y.%m.%d",
        has_birth=0.85,
        clan=0.6, employer=1.0, capitals=0.15,
    ),
    Style(
        file="aimag_culture_departments",
        title="Аймгуудын Соёл, урлагийн газрын нэгдсэн жагсаалт",
        columns={
            "kind": "Төрөл",
            "name": "Овог нэр / Байгууллагын нэр",
            "number": "Регистр №",
            "aimag": "Аймаг",
            "soum": "Сум",
            "phone": "Утас",
            "occupation": "Чиглэл",
            "birth": "Төрсөн",
        },
        people=0.22, bodies=(0.12, 0.12, 0.5), kinds=("иргэн", "байгууллага"), shapes=_MONGOLIAN, keyboard=0.3,
        number=0.62,
        phone=0.9, office=0.08, birth="%Y/%m/%d", has_birth=0.6, capitals=0.06,
    ),
    Style(
        file="craft_fair",
        title="Craft fair participants / Гар урлалын үзэсгэлэн",
        columns={
            "name": "Participant / Оролцогч",
            "kind": "Individual or company",
            "phone": "Phone / Утас",
            "occupation": "Product / Бүтээгдэхүүн",
            "place": "From / Хаанаас",
            "number": "Register / Регистр",
            "email": "Email",
        },
        people=0.14, bodies=(0.2, 0.1, 0.04), kinds=("I", "C"), shapes=_FAIR, latin=0.45, keyboard=0.15,
        number=0.4, phone=0.93, office=0.04, email=0.6,
    ),
    Style(
        file="ngo_list",
        title="Cultural NGOs and partners",
        columns={
            "org_name": "Organisation",
            "director": "Contact person",
            "phone": "Tel",
            "email": "E-mail address",
            "aimag": "Province",
            "address": "Address",
            "founded": "Established",
            "number": "State registration number",
        },
        people=0, bodies=(0.09, 0.49, 0.22), latin=0.35, number=0.55, phone=0.9, email=0.85, director=0.85,
    ),
)  # fmt: skip
