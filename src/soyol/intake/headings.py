"""How well a heading as written fits the headings that a country pack knows for each field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from rapidfuzz import fuzz, process

from soyol.intake import words_of
from soyol.intake.fields import SCHEMES
from soyol.intake.layout import plain
from soyol.packs import Pack

#: How alike two headings must be, of 100, to count as one with a slip of the pen.
ALIKE = 84
#: Words that share so many first letters are one word with different endings.
STEM = 7
#: A heading of more words is a sentence; its parts mean nothing by themselves.
LONG = 8
SERIALS = ("№", "#", "№№")

NAMES = frozenset({"name", "given_name", "surname", "org_name"})
LEADERS = frozenset({"director", "founder"})

_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_IDENTIFIER = re.compile(r"(?:^|\b)(?:id|uuid|guid|code|key)$")


@dataclass(frozen=True)
class Match:
    """How sure (0 to 1) a heading means a field, and the known heading that says so."""

    score: float
    synonym: str
    exact: bool = False


class Known:
    """The headings of one pack, ready for comparing."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.fields: dict[str, list[str]] = {}
        for field, synonyms in words_of.headings(pack).items():
            for synonym in synonyms:
                self.fields.setdefault(synonym, []).append(field)
        self.synonyms = list(self.fields)
        self.latin: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        for synonym, key in zip(self.synonyms, self._keys(self.synonyms), strict=True):
            self.latin.setdefault(key, synonym)
        persons, bodies = pack.answers.get("person", ()), pack.answers.get("organisation", ())
        self.consent = {word for synonym in words_of.headings(pack).get("consent", ()) for word in synonym.split()}
        self.leaders = self._leaders()
        self.kinds = tuple(frozenset(map(plain, words)) for words in (persons, bodies))

    def _keys(self, texts: list[str]) -> list[str]:
        keys = self.pack.scripts.latin_key(pl.Series(texts, dtype=pl.String))
        return [key.replace(" ", "") if key else "" for key in keys.to_list()]

    def learn(self, headings: Iterable[str]) -> None:
        """Prepare the romanised form of many headings in one go, which costs no more than that of one."""
        new = {text for heading in headings for text, _ in _variants(heading)} - self.keys.keys()
        texts = sorted(new | {heading for heading in headings if heading not in self.keys})
        self.keys.update(zip(texts, self._keys(texts), strict=True))

    def match(self, heading: str) -> dict[str, Match]:
        """Field → best match of one heading."""
        found: dict[str, Match] = {}
        for text, weight in _variants(heading):
            for synonym, score in self._alike(text).items():
                for field in self.fields[synonym]:
                    match = Match(round(score * weight, 3), synonym, exact=score == 1.0)
                    if field not in found or found[field].score < match.score:
                        found[field] = match
        self._together(heading, found)
        if not plain(heading) and any(heading.strip() == sign for sign in SERIALS):
            found["serial"] = Match(1.0, heading, exact=True)
        if _IDENTIFIER.search(_spaced(heading)) and not found.keys() & {"person_number", "company_number"}:
            found.setdefault("row_id", Match(0.8, heading))
        return found

    def _together(self, heading: str, found: dict[str, Match]) -> None:
        """What several words of a heading mean together."""
        words = plain(heading).split()
        if len(words) <= 8 and all(any(kind in words for kind in kinds) for kinds in self.kinds):
            found["kind"] = Match(0.95, heading)
        for old, other, both in (("birth_date", "founded", "begin"), ("death_date", "closed", "end")):
            if all(field in found and found[field].score > 0.8 for field in (old, other)):
                found[both] = Match(1.0, found[old].synonym)
        if words and words[0] in self.leaders and found.keys() & NAMES:
            for field in NAMES:
                found.pop(field, None)
            found[self.leaders[words[0]]] = Match(0.9, heading)
        if any(word[:STEM] == known[:STEM] and len(word) >= STEM for word in words for known in self.consent):
            found.setdefault("consent", Match(0.6, heading))

    def _leaders(self) -> dict[str, str]:
        """First words of headings of directors and founders that begin no other heading: what follows is their name."""
        firsts: dict[str, set[str]] = {}
        for synonym, fields in self.fields.items():
            firsts.setdefault(synonym.split()[0], set()).update(fields)
        return {word: min(fields) for word, fields in firsts.items() if len(fields) == 1 and fields <= LEADERS}

    def _alike(self, text: str) -> dict[str, float]:
        """Known heading → likeness to one variant of a heading."""
        if text in self.fields:
            return {text: 1.0}
        if "?" in text:
            return self._with_lost_letters(text)
        found: dict[str, float] = {}
        if text not in self.keys:
            self.learn([text])
        romanised = self.latin.get(self.keys[text])
        if romanised:
            found[romanised] = 0.95
        for synonym, ratio, _ in process.extract(text, self.synonyms, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5):
            found[synonym] = max(found.get(synonym, 0), 0.9 * ratio / 100)
        padded = f" {text} "
        for synonym in self.synonyms:
            if f" {synonym} " in padded:
                # The last word of a heading carries its meaning: "director's phone" is a phone.
                score = 0.42 + 0.4 * len(synonym) / len(text) + 0.08 * padded.endswith(f" {synonym} ")
                found[synonym] = max(found.get(synonym, 0), score)
        return found

    def _with_lost_letters(self, text: str) -> dict[str, float]:
        shape = re.compile("".join("." if sign == "?" else re.escape(sign) for sign in text))
        return {synonym: 0.95 for synonym in self.synonyms if shape.fullmatch(synonym)}


@words_of.per_pack
def known(pack: Pack) -> Known:
    return Known(pack)


def scheme(heading: str) -> str | None:
    """The public scheme of identifiers that a heading names."""
    text = _spaced(heading)
    return next((name for name, (words, _) in SCHEMES.items() if text in map(plain, words)), None)


def _spaced(heading: str) -> str:
    return plain(_CAMEL.sub(" ", heading))


def _variants(heading: str) -> list[tuple[str, float]]:
    """A heading whole, without what is in brackets, and its parts, each with what it is worth."""
    found: dict[str, float] = {}

    def add(text: str, weight: float) -> None:
        # Letters that an old encoding lost came out as question marks; they stand for one letter each.
        key = " ".join(re.findall(r"[^\W_?]*\?[^\W_]+[\w?]*|[^\W_]+", text.casefold())) if "?" in text else plain(text)
        if key:
            found[key] = max(found.get(key, 0), weight)

    add(heading, 1.0)
    add(_CAMEL.sub(" ", heading), 1.0)
    add(re.sub(r"\([^)]*\)|\[[^\]]*\]|/[^/]*/", " ", heading), 0.98)
    if len(plain(heading).split()) > LONG:
        return list(found.items())
    if ": " in heading:
        add(heading.rsplit(": ", 1)[1], 0.97)
    for part in re.split(r"[/\\|(),\n]| - | – ", heading):
        add(part, 0.92)
    return list(found.items())
