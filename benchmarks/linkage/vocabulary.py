"""The words of a half made ready for drawing: every name once, in each spelling, with how often it occurs."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.linkage.heldout import HELDOUT
from benchmarks.linkage.names import DEVELOPMENT, Half, compose
from benchmarks.linkage.romanise import TABLES, romanise
from benchmarks.linkage.spelling import genitive, on_keyboard

HALVES = {"development": (DEVELOPMENT,), "heldout": (HELDOUT,), "full": (DEVELOPMENT, HELDOUT)}
KEYBOARDS = ("legacy", "plain", "plain_e", "latin_letters")
OCCUPATIONS = (
    ("Зураач", "Painter"), ("Дуучин", "Singer"), ("Хөгжимчин", "Musician"), ("Найруулагч", "Director"),
    ("Жүжигчин", "Actor"), ("Бүжигчин", "Dancer"), ("Уран барималч", "Sculptor"), ("Циркчин", "Circus artist"),
    ("Уран нугараач", "Contortionist"), ("Морин хуурч", "Horse-head fiddler"), ("Дархан", "Smith"),
    ("Эсгий урлаач", "Felt maker"), ("Оёдолчин", "Tailor"), ("Загвар зохион бүтээгч", "Fashion designer"),
    ("Гэрэл зурагчин", "Photographer"), ("Оператор", "Cinematographer"), ("Зохиолч", "Writer"),
    ("Яруу найрагч", "Poet"), ("Хөгжмийн зохиолч", "Composer"),
    ("Музейн ажилтан", "Museum worker"), ("Номын санч", "Librarian"),
    ("Архитектор", "Architect"), ("Сийлбэрчин", "Carver"), ("Хөөмийч", "Throat singer"), ("Продюсер", "Producer"),
    ("График дизайнер", "Graphic designer"), ("Сэргээн засварлагч", "Conservator"), ("Багш", "Teacher"),
)  # fmt: skip
FORMS = (  # code, Mongolian short, Mongolian long, English short, English long
    ("llc", "ХХК", "Хязгаарлагдмал хариуцлагатай компани", "LLC", "Co., Ltd."),
    ("jsc", "ХК", "Хувьцаат компани", "JSC", "Joint Stock Company"),
    ("ngo", "ТББ", "Төрийн бус байгууллага", "NGO", "Non-governmental organization"),
    ("coop", "Хоршоо", "Хоршоо", "Cooperative", "Coop"),
    ("fund", "Сан", "Сан", "Foundation", "Fund"),
    ("state", "ОНӨААТҮГ", "Орон нутгийн өмчит үйлдвэрийн газар", "LSOE", "Local state-owned enterprise"),
)


@dataclass(frozen=True)
class Vocabulary:
    """Names by index; ``tables`` holds each name in each spelling (``mns``, ``kb:plain``, ``gen``, ``gen:mns``)."""

    names: np.ndarray
    female: np.ndarray
    stems: np.ndarray
    given_weight: np.ndarray
    father_weight: np.ndarray
    tables: dict[str, np.ndarray] = field(default_factory=dict)


def array(items: list[str]) -> np.ndarray:
    """An object array of strings, one-dimensional whatever the strings are."""
    out = np.empty(len(items), dtype=object)
    out[:] = items
    return out


def halves(name: str) -> tuple[Half, ...]:
    """The halves a set is made from; an unknown name lists the accepted ones."""
    if name not in HALVES:
        msg = f"no half named {name!r}; accepted: {', '.join(HALVES)}"
        raise ValueError(msg)
    return HALVES[name]


def given_names(half: Half) -> list[tuple[str, bool, str]]:
    """Every given name of a half as (name, is female, first part)."""
    out: dict[str, tuple[str, bool, str]] = {}
    for seconds, whole, female in (
        (half.male_seconds, half.male_whole, False),
        (half.female_seconds, half.female_whole, True),
    ):
        for name in whole:
            out.setdefault(name, (name, female, name))
        for first in half.first_parts:
            for second in seconds:
                if first.lower() != second:
                    name = compose(first, second)
                    out.setdefault(name, (name, female, first))
    return list(out.values())


def build(chosen: tuple[Half, ...]) -> Vocabulary:
    """Make the vocabulary of the halves; how often a name occurs is fixed, not drawn with the seed."""
    listed = [entry for half in chosen for entry in given_names(half)]
    listed = list({entry[0]: entry for entry in listed}.values())
    order = np.random.default_rng(5217).permutation(len(listed))
    names = array([listed[n][0] for n in order])
    female = np.array([listed[n][1] for n in order])
    stems = np.unique([listed[n][2] for n in order], return_inverse=True)[1]
    # The commonest given names are borne by a little under one in a hundred.
    weight = 1 / (np.arange(len(names)) + 25.0) ** 0.8
    whole = array([listed[n][2] for n in order]) == names
    fathers = np.where(female, 0, weight * np.where(whole, 3.0, 1.0))  # fathers bear older, undivided names
    tables = {"plain": names, "gen": array([genitive(name) for name in names])}
    for keyboard in KEYBOARDS:
        tables[f"kb:{keyboard}"] = array([on_keyboard(name, keyboard) for name in names])
        tables[f"gen:kb:{keyboard}"] = array([on_keyboard(name, keyboard) for name in tables["gen"]])
    for table in TABLES:
        tables[table] = array([romanise(name, table) for name in names])
        tables[f"gen:{table}"] = array([romanise(name, table) for name in tables["gen"]])
    return Vocabulary(names, female, stems, weight, fathers / fathers.sum(), tables)
