"""From the words of a question to the words of the dictionary, and from these to entries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import polars as pl
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from rapidfuzz.distance import OSA

from soyol.registry.models import DirectoryEntry, SearchDeletion, SearchForm, SearchToken
from soyol.registry.packing import pack
from soyol.registry.search import deletion_hashes, likeness, words_of


class Line(NamedTuple):
    """What comparing, narrowing and counting need of an entry; the whole entry is read for the page only."""

    pk: int
    name: str
    sort_key: str
    search_key: str
    kind: str
    region_code: str
    unit_path: str
    areas_text: str
    domains_text: str
    source_codes: str


#: Dictionary words that one asked word may stand for; the nearest and most used are kept.
MEANT = 40
#: Beginnings shorter than this stand for too many words to be of use; the whole word still counts, and an initial
#: beside another word stands for the names that begin with it.
SHORTEST_BEGINNING = 2
#: Signs in which a word may differ from the asked one, where one spelling of both is a sign apart.
SLIPS = 3
#: With so many answers to the words as they were asked nobody looks at what they may stand for otherwise; a question of
#: so many words names one that is known by them.
ENOUGH, NAMES_ONE = 10, 3
#: A lone word of so few letters is near to too many others to stand for them while it has answers of its own.
SHORT = 3
#: Of a word that nothing is like, so many letters are looked at; and what begins so must be at least so alike.
STEM, RESEMBLING = 3, 0.4


@dataclass(slots=True)
class Word:
    """One asked word: its Latin key, its folded form, and the tokens it may stand for with their likeness."""

    key: str
    form: str
    sound: str
    is_last: bool
    tokens: dict[str, float] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    uses: int = 0


def words_for(asked: str) -> list[Word]:
    """The words of a folded question with what they may stand for: four queries for any number of words."""
    scripts = pack().scripts
    forms = words_of(asked)
    if not forms:
        return []
    series = pl.Series("word", forms, dtype=pl.String)
    keys, sounds = scripts.latin_key(series).to_list(), scripts.sound_key(series).to_list()
    words = [
        Word((key or form).replace(" ", "")[:40], form, (sound or "").replace(" ", "")[:40], form == forms[-1])
        for form, key, sound in zip(forms, keys, sounds, strict=True)
    ]
    near = _near(words)
    for word, found in zip(words, near, strict=True):
        _keep_best(word, found)
    return words


def _near(words: Sequence[Word]) -> list[dict[str, tuple[int, int, float]]]:
    """For each word: token text → id, uses, likeness."""
    found: list[dict[str, tuple[int, int, float]]] = [{} for _word in words]
    by_hash = _tokens_by_hash(words)
    forms = dict(SearchForm.objects.filter(text__in=[word.form for word in words]).values_list("text", "token_id"))
    exact = SearchToken.objects.filter(pk__in=forms.values()) | SearchToken.objects.filter(
        text__in=[word.key for word in words]
    )
    alike = exact | SearchToken.objects.filter(sound__in=[word.sound for word in words if word.sound])
    rows = list(alike.values_list("pk", "text", "sound", "uses"))
    for at, word in enumerate(words):
        for pk, text, sound, uses in rows:
            if text == word.key or forms.get(word.form) == pk:
                found[at][text] = (pk, uses, 1.0)
            elif sound and sound == word.sound:
                found[at][text] = (pk, uses, max(0.8, likeness(word.key, text)))
        for pk, text, uses in by_hash[at]:
            close = max(likeness(word.key, text), 0.75)
            if _may_be_meant(word.key, text) and close > found[at].get(text, (0, 0, 0.0))[2]:
                found[at][text] = (pk, uses, close)
        is_initial = len(word.key) == 1 and len(words) > 1
        if is_initial or (word.is_last and len(word.key) >= SHORTEST_BEGINNING):
            for pk, text, uses in _beginning_with(word.key):
                found[at].setdefault(text, (pk, uses, 0.9))
    return found


def _may_be_meant(key: str, text: str) -> bool:
    """Whether one word is another with slips, of which a short word has room for fewer; a lone letter for none."""
    return key == text or OSA.distance(key, text) <= min(SLIPS, min(len(key), len(text)) // 2)


def _tokens_by_hash(words: Sequence[Word]) -> list[list[tuple[int, str, int]]]:
    wanted = [deletion_hashes(word.key) | deletion_hashes(word.form) for word in words]
    every = sorted(set().union(*wanted))
    hits: dict[int, list[tuple[int, str, int]]] = {}
    waiting = iter(every)
    while part := list(islice(waiting, 800)):
        rows = SearchDeletion.objects.filter(hash__in=part).values_list(
            "hash", "token_id", "token__text", "token__uses"
        )
        for value, pk, text, uses in rows:
            hits.setdefault(value, []).append((pk, text, uses))
    return [[hit for value in sorted(hashes) for hit in hits.get(value, [])] for hashes in wanted]


def _beginning_with(key: str) -> list[tuple[int, str, int]]:
    rows = SearchToken.objects.filter(text__gte=key, text__lt=key + "\U0010ffff").order_by("-uses")
    return list(rows.values_list("pk", "text", "uses")[:MEANT])


def _keep_best(word: Word, found: dict[str, tuple[int, int, float]]) -> None:
    ordered = sorted(found.items(), key=lambda item: (-item[1][2], -item[1][1], item[0]))[:MEANT]
    word.tokens = {text: close for text, (_pk, _uses, close) in ordered}
    word.ids = {text: pk for text, (pk, _uses, _close) in ordered}
    word.uses = sum(uses for _text, (_pk, uses, _close) in ordered)


def entries_with(words: Sequence[Word], inside: QuerySet[DirectoryEntry], limit: int) -> tuple[list[Line], bool]:
    """At most ``limit`` entries of ``inside`` that bear a token of every word, and whether there may be more.

    First only the words as they were asked, since these answers come first anyway; what they stand for otherwise
    only if that gives few. The word with the fewest bearers is read first.
    """
    exact, wide = _groups(words)
    found = {entry.pk: entry for entry in (_lines(_bearing(exact, inside), limit) if all(exact) else ())}
    if len(found) < _enough(words):
        for entry in _lines(_bearing(wide, inside), limit):
            found.setdefault(entry.pk, entry)
    return list(found.values())[:limit], len(found) >= limit


def bearers(words: Sequence[Word], inside: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    """All entries that ``entries_with`` would find if it had no limit; none for no words that anybody bears."""
    known = [word for word in words if word.tokens]
    found = _all_bearing(known, inside)
    if len(known) > 1 and not found.exists():
        found = _all_bearing(borne(known, inside), inside)
    return found


def borne(words: Sequence[Word], inside: QuerySet[DirectoryEntry]) -> list[Word]:
    """The words that somebody ``inside`` bears; one query for each word.

    The dictionary knows the words of all entries. Whoever may see some of them must get the same answer to a word that
    only others bear as to one that nobody bears, or the answer would tell them that there are such others.
    """
    return [word for word in words if word.ids and _bearing([list(word.ids.values())], inside).exists()]


def _all_bearing(words: Sequence[Word], inside: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    if not words:
        return inside.none()
    exact, wide = _groups(words)
    narrow = _bearing(exact, inside) if all(exact) else inside.none()
    enough = _enough(words)
    return narrow if len(narrow.values_list("pk")[:enough]) >= enough else _bearing(wide, inside)


def _enough(words: Sequence[Word]) -> int:
    short = len(words) == 1 and len(words[0].key) <= SHORT
    return 1 if short or len(words) >= NAMES_ONE else ENOUGH


def shorten(word: Word) -> bool:
    """Let a word that nothing is like stand for what begins like it; whether anything does. One query."""
    if len(word.key) <= STEM:
        return False
    near = [(pk, text, likeness(word.key, text)) for pk, text, _uses in _beginning_with(word.key[:STEM])]
    near = [each for each in near if each[2] >= RESEMBLING]
    word.tokens = {text: close for _pk, text, close in near}
    word.ids = {text: pk for pk, text, _close in near}
    return bool(near)


def _groups(words: Sequence[Word]) -> tuple[list[list[int]], list[list[int]]]:
    """For each word, the rarest first: the tokens that it says itself, and all that it may stand for."""
    ordered = sorted(words, key=lambda word: word.uses)
    exact = [[pk for text, pk in word.ids.items() if word.tokens[text] >= 0.9] for word in ordered]
    return exact, [list(word.ids.values()) for word in ordered]


def _bearing(tokens: Sequence[Sequence[int]], inside: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    """Entries with a posting for one of each group of tokens.

    CROSS JOIN keeps SQLite from reordering: the rarest word is read first, the others are looked up.
    """
    tables = " CROSS JOIN ".join(f"registry_posting p{at}" for at in range(len(tokens)))
    meet = "".join(f" AND p{at}.entry_id = p0.entry_id" for at in range(1, len(tokens)))
    bear = " AND ".join(f"p{at}.token_id IN ({_marks(group)})" for at, group in enumerate(tokens))
    sql = f"(SELECT p0.entry_id FROM {tables} WHERE {bear}{meet})"  # noqa: S608 -- names and marks only, values are bound
    bearing = RawSQL(sql, [pk for group in tokens for pk in group])  # noqa: S611 -- as above
    return inside.filter(pk__in=bearing)


def _lines(entries: QuerySet[DirectoryEntry], limit: int) -> list[Line]:
    return [Line(*row) for row in entries.values_list(*Line._fields)[:limit]]


def _marks(group: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(group))
