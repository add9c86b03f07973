"""Which list mentions whom, how often, and the difficulties each mention carries."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.linkage.lists import LISTS
from benchmarks.linkage.vocabulary import array
from benchmarks.linkage.world import World

#: Chance that somebody is mentioned once, twice, … : 1.8 mentions on average.
TIMES_MENTIONED = np.array([0.52, 0.28, 0.12, 0.05, 0.03])
MEAN_MENTIONS = float((TIMES_MENTIONED * np.arange(1, 6)).sum())


@dataclass(frozen=True)
class Mentions:
    """Two arrays of the same length: who (an index of a person or body) and in which of ``LISTS``."""

    who: np.ndarray
    where: np.ndarray

    def __len__(self) -> int:
        return len(self.who)


class Marks:
    """Difficulties by mention, as bits; ``texts`` gives them joined by semicolons."""

    def __init__(self, count: int) -> None:
        self.bits = np.zeros(count, dtype=np.int64)
        self.names: list[str] = []

    def add(self, name: str, mask: np.ndarray) -> None:
        """Mark the mentions in ``mask`` (booleans, or their indices)."""
        if name not in self.names:
            self.names.append(name)
        self.bits[mask] |= np.int64(1) << np.int64(self.names.index(name))

    def texts(self) -> np.ndarray:
        """Per mention its marks in the order in which they were first used."""
        values, place = np.unique(self.bits, return_inverse=True)
        said = [";".join(name for n, name in enumerate(self.names) if value >> n & 1) for value in values.tolist()]
        return array(said)[place]


def draw(entities: int, wanted: int, weights: np.ndarray, twice: float, rng: np.random.Generator) -> Mentions:
    """Draw exactly ``wanted`` mentions of up to ``entities`` entities.

    ``weights`` has a row per entity and a column per list: nobody is mentioned by a list of weight zero. A list names
    somebody once, save for the share ``twice`` of further mentions, which repeat an entity in a list it is already in.
    """
    times = rng.choice(len(TIMES_MENTIONED), entities, p=TIMES_MENTIONED) + 1
    with np.errstate(divide="ignore"):
        scores = np.log(weights) + rng.gumbel(size=weights.shape)
    order = np.argsort(-scores, axis=1)
    possible = (weights > 0).sum(axis=1)
    nth = np.arange(times.max())
    taken = nth[None, :] < np.minimum(times, possible)[:, None]
    who, place = np.nonzero(taken)
    where = order[who, place]
    again = np.flatnonzero((place > 0) & (rng.random(len(who)) < twice))
    where[again] = order[who[again], 0]
    short = wanted - len(who)
    if short > 0:  # too few lists for some: the rest is named twice by one list
        extra = rng.integers(0, len(who), short)
        who, where = np.concatenate([who, who[extra]]), np.concatenate([where, where[extra]])
    keep = rng.permutation(len(who))[:wanted]
    return Mentions(who[keep], where[keep])


@dataclass
class Page:
    """Mentions while they are written down: the columns so far, what a reader can learn from them, and the marks."""

    world: World
    mentions: Mentions
    latin: np.ndarray  # booleans: written in Latin letters
    marks: Marks
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    evidence: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def who(self) -> np.ndarray:
        """Index of the person or body of each mention."""
        return self.mentions.who

    @property
    def rng(self) -> np.random.Generator:
        """The world's dice."""
        return self.world.rng

    def chance(self, share: float | np.ndarray) -> np.ndarray:
        """Booleans that hold with a probability, one or one per mention."""
        return self.rng.random(len(self.mentions)) < share

    def style(self, name: str) -> np.ndarray:
        """One number of its list's style per mention."""
        return np.array(style(name))[self.mentions.where]

    def has_column(self, name: str) -> np.ndarray:
        """Whether the mention's list has a column."""
        return np.array([name in each.columns for each in LISTS])[self.mentions.where]

    def is_in(self, file: str) -> np.ndarray:
        """Whether the mention is in one list."""
        return np.array([each.file == file for each in LISTS])[self.mentions.where]


def new_page(world: World, mentions: Mentions) -> Page:
    """An empty page; each list decides how much of it is in Latin letters."""
    latin = world.rng.random(len(mentions)) < np.array(style("latin"))[mentions.where]
    return Page(world, mentions, latin, Marks(len(mentions)))


def style(name: str) -> list[float]:
    """One number of every list's style."""
    return [getattr(each, name) for each in LISTS]
