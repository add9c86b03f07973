"""The shapes in which a person's name is written: order, initials, genitive, clan."""

from dataclasses import dataclass

import numpy as np

from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import Page
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.vocabulary import array


def assign_shapes(page: Page) -> tuple[np.ndarray, list[str]]:
    """Choose a shape per mention: by the habits of its list, among the shapes of the halves."""
    allowed = list(dict.fromkeys(page.world.listed("name_shapes")))
    out = np.zeros(len(page.mentions), dtype=int)
    for number, each in enumerate(LISTS):
        weight = np.array([each.shapes.get(shape, 0.0) for shape in allowed])
        at = np.flatnonzero(page.mentions.where == number)
        if len(at):
            out[at] = page.rng.choice(len(allowed), len(at), p=weight / weight.sum())
    return out, allowed


def _initial(texts: np.ndarray) -> np.ndarray:
    """Ц. stays one letter; in Latin Ts, Ch, Sh, Kh, Yo, Ya count as one."""
    pairs = {"Ts", "Ch", "Sh", "Kh", "Yo", "Ya", "Zh"}
    values, place = np.unique(texts, return_inverse=True)
    return array([(text[:2] if text[:2] in pairs else text[:1]) + "." for text in values])[place]


@dataclass(frozen=True)
class Names:
    """The parts of each mention's name, in the spelling of the mention."""

    given: np.ndarray
    father: np.ndarray
    genitive: np.ndarray
    clan: np.ndarray  # in Cyrillic


def assemble(page: Page, names: Names, shape: np.ndarray, shapes: list[str]) -> None:
    """Write whole names and split names in the shape of each mention, and mark what is hard about it."""
    given, father, genitive, latin = names.given, names.father, names.genitive, page.latin
    index = {each: shape == number for number, each in enumerate(shapes)}
    clans, place = np.unique(names.clan, return_inverse=True)
    clan = np.where(latin, array([romanise(text, "passport") for text in clans])[place], names.clan).astype(object)
    initial = _initial(father)
    of_clan = np.where(latin, clan + " ovogt ", clan + " овогт ").astype(object)
    bearing = np.where(latin, " ovogtoi ", " овогтой ").astype(object)
    whole = {
        "patronymic_given": father + " " + given,
        "given_patronymic": given + " " + father,
        "initial_given": initial + given,
        "given_initial": given + " " + initial,
        "given": given,
        "genitive_given": genitive + " " + given,
        "patronymic_ovogtoi_given": father + bearing + given,
        "clan_patronymic_given": of_clan + father + " " + given,
        "clan_genitive_given": of_clan + genitive + " " + given,
    }
    split = {"initial_given": initial, "genitive_given": genitive, "given": np.full(len(given), "", dtype=object)}
    name, surname = np.empty(len(given), dtype=object), father.copy()
    for each, at in index.items():
        name[at] = whole[each][at]
        if each in split:
            surname[at] = split[each][at]
    page.columns |= {"name": name, "surname": surname, "given_name": given}
    _mark(page, index)


def _mark(page: Page, index: dict[str, np.ndarray]) -> None:
    def shaped(*shapes: str) -> np.ndarray:
        none = np.zeros(len(page.mentions), dtype=bool)
        return np.logical_or.reduce([index.get(each, none) for each in shapes])

    page.marks.add("patronymic_initial", shaped("initial_given", "given_initial"))
    page.marks.add("patronymic_missing", shaped("given"))
    page.marks.add("patronymic_genitive", shaped("genitive_given", "clan_genitive_given"))
    page.marks.add("given_name_first", shaped("given_patronymic", "given_initial"))
    page.marks.add("clan_name", shaped("clan_patronymic_given", "clan_genitive_given"))
