"""The shapes in which a person's name is written: order, initials, genitive, clan."""

import numpy as np

from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.mentions import Marks, Mentions
from benchmarks.linkage.names import Half
from benchmarks.linkage.romanise import romanise
from benchmarks.linkage.vocabulary import array


def assign_shapes(
    mentions: Mentions, chosen: tuple[Half, ...], rng: np.random.Generator
) -> tuple[np.ndarray, list[str]]:
    """Choose a shape per mention: by the habits of its list, among the shapes of the halves."""
    allowed = list(dict.fromkeys(shape for half in chosen for shape in half.name_shapes))
    out = np.zeros(len(mentions), dtype=int)
    for number, each in enumerate(LISTS):
        weight = np.array([each.shapes.get(shape, 0.0) for shape in allowed])
        at = np.flatnonzero(mentions.where == number)
        if len(at):
            out[at] = rng.choice(len(allowed), len(at), p=weight / weight.sum())
    return out, allowed


def _initial(texts: np.ndarray) -> np.ndarray:
    """Ц. stays one letter; in Latin Ts, Ch, Sh, Kh, Yo, Ya count as one."""
    pairs = {"Ts", "Ch", "Sh", "Kh", "Yo", "Ya", "Zh"}
    values, place = np.unique(texts, return_inverse=True)
    return array([(text[:2] if text[:2] in pairs else text[:1]) + "." for text in values])[place]


def assemble(
    given: np.ndarray,
    father: np.ndarray,
    genitive: np.ndarray,
    clan: np.ndarray,
    latin: np.ndarray,
    shape: np.ndarray,
    shapes: list[str],
    marks: Marks,
) -> dict[str, np.ndarray]:
    """Write whole names and split names in the shape of each mention, and mark what is hard about it."""
    clans, place = np.unique(clan, return_inverse=True)
    clan = np.where(latin, array([romanise(text, "passport") for text in clans])[place], clan).astype(object)
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
    for number, each in enumerate(shapes):
        at = shape == number
        name[at] = whole[each][at]
        if each in split:
            surname[at] = split[each][at]
    index = {each: shape == number for number, each in enumerate(shapes)}
    none = np.zeros(len(shape), dtype=bool)
    marks.add("patronymic_initial", index.get("initial_given", none) | index.get("given_initial", none))
    marks.add("patronymic_missing", index.get("given", none))
    marks.add("patronymic_genitive", index.get("genitive_given", none) | index.get("clan_genitive_given", none))
    marks.add("given_name_first", index.get("given_patronymic", none) | index.get("given_initial", none))
    marks.add("clan_name", index.get("clan_patronymic_given", none) | index.get("clan_genitive_given", none))
    return {"name": name, "surname": surname, "given_name": given}
