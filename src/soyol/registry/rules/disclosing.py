"""Which counts may be published, so that no figure tells about one person.

Of organisations every count is published as it is: what they do is public by law. Counts of people and of informal
groups are

- left out below a boundary that lies between five and nine and differs from cell to cell; whoever reads does not
  know where it lies. None is left out like few: else the first and the last one of a cell would be told;
- else rounded to fives, with steps that begin at that boundary.

Therefore a published figure stands for nine counts, and one that changes when a single person goes for five. No total
is published, and nobody's place in the table is bound to be in a published cell (those of whom the place in the
table is not known have no cell), so subtracting gives nothing.
"""

from soyol.registry.choices import ActorKind

#: Counts are rounded to multiples of this, and none below it is published.
STEP = 5
#: Kinds whose counts are published as they are.
AS_IT_IS = frozenset({ActorKind.ORGANISATION.value})


def is_guarded(kind: str) -> bool:
    """Whether counts of this kind are rounded and left out when they are small; so are those of a kind unknown here."""
    return kind not in AS_IT_IS


def published(kind: str, count: int, offset: int) -> int | None:
    """The figure to publish for ``count``; None: too few to say, none included.

    ``offset`` (0 to 4) belongs to the cell for good and is known to nobody outside.
    """
    if not is_guarded(kind):
        return count
    if count < STEP + offset:
        return None
    return (count - offset) // STEP * STEP + STEP
