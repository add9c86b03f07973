"""The development half: its names, words and difficulty families, and the shape both halves share.

Mongolian given names are mostly built from a few roots, so names are composed here as they are in life:
a first part and a second part, with a hyphen where two vowels meet. A patronymic is the father's given name.
All people and bodies made from these lists are invented.
"""

from dataclasses import dataclass

VOWELS = "аэиоуөүяеёюы"


@dataclass(frozen=True)
class Half:
    """Word lists and difficulty families that one half of the generator may use."""

    name: str
    first_parts: tuple[str, ...]
    male_seconds: tuple[str, ...]
    female_seconds: tuple[str, ...]
    male_whole: tuple[str, ...]
    female_whole: tuple[str, ...]
    clans: tuple[str, ...]
    stage_words: tuple[str, ...]
    qualities: tuple[tuple[str, str], ...]  # first word of a body's name, with its English translation
    things: tuple[tuple[str, str], ...]
    trades: tuple[tuple[str, str], ...]
    state_bodies: tuple[tuple[str, str, str], ...]  # name under an aimag, English, the abbreviation in use
    numbered_bodies: tuple[tuple[str, str], ...]  # name with {n} and English with {n}
    romanisations: tuple[str, ...]
    keyboards: tuple[str, ...]
    typing_errors: tuple[str, ...]
    name_shapes: tuple[str, ...]
    number_errors: tuple[str, ...]
    phone_troubles: tuple[str, ...]
    date_troubles: tuple[str, ...]
    twin_names: tuple[str, ...]
    kin: tuple[str, ...]
    body_troubles: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """Split a block of words."""
    return tuple(text.split())


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Split lines of ``мн=en`` parted by semicolons."""
    return tuple((mn.strip(), en.strip()) for mn, en in (item.split("=") for item in text.split(";") if item.strip()))


def triples(text: str) -> tuple[tuple[str, str, str], ...]:
    """Split lines of ``мн=en=abbreviation`` parted by semicolons."""
    parts = (item.split("=") for item in text.split(";") if item.strip())
    return tuple((mn.strip(), en.strip(), short.strip()) for mn, en, short in parts)


DEVELOPMENT = Half(
    name="development",
    first_parts=words(
        """Бат Мөнх Отгон Эрдэнэ Лхагва Даваа Бямба Алтан Нар Төмөр Цогт Амар Гэрэл Уран Буян Сайн Жаргал Сүх
        Түмэн Дэлгэр Хонгор Номин Хулан Өнөр Ундрах Сод Зол Билиг Тэмүү Ариун"""
    ),
    male_seconds=words("баяр болд сүх эрдэнэ төмөр жаргал дорж зориг тулга хүү дэлгэр сайхан очир өлзий"),
    female_seconds=words("цэцэг чимэг туяа маа сүрэн жаргал заяа зул эрдэнэ гэрэл сайхан хишиг"),
    male_whole=words(
        """Дорж Дамдин Цэрэн Гомбо Лувсан Содном Рэнцэн Очир Шарав Ёндон Жамсран Дашдорж Цэрэндорж Галсан Чойжил
        Намсрай Мижид Бадам Доржпалам Сандаг Өсөх Түдэв Санж Цэвэгмид Ёндонжамц"""
    ),
    female_whole=words(
        """Дулмаа Цэцэгээ Долгор Сарнай Оюун Номин Анужин Мишээл Цэрмаа Ханд Должин Ёлк Хоролмаа Пагмаа Намуун Хулан
        Өнөрмаа Тунгалаг Янжмаа Сувд"""
    ),
    clans=words("Боржигин Тайчууд Бэсүд Олхонуд Хатагин Сартуул Урианхай Дөрвөд Захчин Цагаан Шарнууд Хар"),
    stage_words=words("Салхи Чоно Бүргэд Мөнгө Лекс Тэнгэр Хан Саран Дуулиан Шувуу Аянга Хөх Нарс Үүл"),
    qualities=pairs(
        """Алтан=Golden; Мөнгөн=Silver; Хөх=Blue; Их=Great; Шинэ=New; Мөнх=Eternal; Таван=Five; Улаан=Red; Өргөн=Wide;
        Нарт=Sunny; Ерөөлт=Blessed; Хас=Jade; Номин=Lapis; Тод=Clear; Сод=Brilliant; Эрдэнэт=Precious; Баян=Rich;
        Дээд=Upper"""
    ),
    things=pairs(
        """Од=Star; Тэнгэр=Sky; Салхи=Wind; Гал=Fire; Уул=Mountain; Хүлэг=Steed; Морин Хуур=Horse Fiddle; Өргөө=Palace;
        Зам=Road; Гэгээ=Light; Сэтгэл=Spirit; Бүргэд=Eagle; Үсэг=Letter; Говь=Gobi; Гол=River; Урнаа=Craft;
        Хээ=Ornament; Цэцэг=Flower; Зэрэглээ=Mirage; Нүүдэл=Nomad"""
    ),
    trades=pairs(
        """Продакшн=Production; Студи=Studio; Урлан=Workshop; Галерей=Gallery; Дизайн=Design; Эвент=Event; Медиа=Media;
        Хамтлаг=Band; Кино=Film; Урлаг=Arts; Групп=Group"""
    ),
    state_bodies=triples(
        """Соёл, урлагийн газар=Department of Culture and Arts=СУГ; Хөгжимт драмын театр=Music and Drama Theatre=ХДТ;
        Музей=Museum=М; Нийтийн номын сан=Public Library=ННС; Соёлын өвийн төв=Centre of Cultural Heritage=СӨТ"""
    ),
    numbered_bodies=pairs(
        """{n} дугаар баг соёлын төв=Cultural Centre No {n};
        {n}-р сургуулийн урлагийн дугуйлан=Arts Circle of School {n}"""
    ),
    romanisations=("mns", "passport"),
    keyboards=("legacy", "plain_e"),
    typing_errors=("omission", "neighbour"),
    name_shapes=(
        "patronymic_given",
        "given_patronymic",
        "initial_given",
        "given",
        "patronymic_ovogtoi_given",
        "clan_patronymic_given",
    ),
    number_errors=("digit", "look_alike", "missing_letters"),
    phone_troubles=("changed", "office"),
    date_troubles=("year_only", "swapped"),
    twin_names=("alike", "different"),
    kin=("siblings", "father_child"),
    body_troubles=("renamed", "form_dropped", "branch", "short"),
)


def compose(first: str, second: str) -> str:
    """Join the two parts of a name as Mongolian writes it: a hyphen before a vowel."""
    return f"{first}-{second.capitalize()}" if second[0] in VOWELS else first + second
