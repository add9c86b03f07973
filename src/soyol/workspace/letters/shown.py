"""Letters as the desk shows them: a line of the list, and the dry run in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as Counting

from soyol.fields import LanguageMap
from soyol.letters.choices import LeftOut, LetterState
from soyol.letters.models import Delivery, Letter
from soyol.letters.queries import Count, facets_of
from soyol.workspace.letters.forms import NARROWED
from soyol.workspace.registry.labels import facet_labels

#: State → tone and glyph of its badge.
TONES: dict[str, tuple[str, str]] = {
    LetterState.DRAFT: ("steppe", "○"),
    LetterState.COUNTED: ("ochre", "△"),
    LetterState.SENDING: ("plum", "◐"),
    LetterState.SENT: ("pine", "✓"),
    LetterState.STOPPED: ("vermilion", "×"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One letter with its words; ``written_to``: how many have it."""

    letter: Letter
    subject: str
    word: str
    tone: str
    glyph: str
    written_to: int


def lines(letters: Iterable[Letter]) -> list[Line]:
    """Each of ``letters`` for the list; one query for all."""
    rows = list(letters)
    counted = Delivery.objects.filter(letter__in=rows).order_by().values_list("letter").annotate(n=Counting("pk"))
    return [_line(each, dict(counted).get(each.pk, 0)) for each in rows]


def line(letter: Letter) -> Line:
    """One letter with its words."""
    return lines([letter])[0]


def _line(letter: Letter, written_to: int) -> Line:
    tone, glyph = TONES[letter.state]
    word = str(LetterState(letter.state).label)
    return Line(letter, LanguageMap(letter.subjects).best(), word, tone, glyph, written_to)


def left_out(count: Count) -> list[tuple[str, int]]:
    """Why how many get no letter."""
    return [(str(LeftOut(reason).label), n) for reason, n in count.left_out.items()]


def narrowed_to(letter: Letter) -> list[str]:
    """What the filter of a letter narrows to, in words."""
    labels, facets = facet_labels(), facets_of(letter)
    found = [(labels[name], getattr(facets, name)) for name in NARROWED]
    return [_named(words.get(code, code)) for words, code in found if code]


def _named(label: object) -> str:
    best = getattr(label, "best", None)
    return str(best() if best else label)
