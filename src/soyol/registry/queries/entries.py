"""Directory entries as the policy makes them: what each face shows of an actor, and the words it is found by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from soyol.registry.choices import ActorKind, Face
from soyol.registry.packing import pack, region_of, unit_path
from soyol.registry.queries.naming import Body, Heading, body_heading, person_heading, take_bodies_apart
from soyol.registry.queries.placing import Kept, keepers, place_of
from soyol.registry.queries.shown import Stated, for_everybody, with_name_keys
from soyol.registry.rules import Candidate, Chosen, choose, read_activity
from soyol.registry.search import joined_and_apart, words_of

#: Everything an entry is made of.
ENTRY_FIELDS = frozenset(
    {
        "name", "given_name", "surname", "stage_name", "org_form", "unit", "occupations", "domains", "areas",
        "activity", "level", "birth_date", "death_date", "founded", "closed", "consent",
    }
)  # fmt: skip
#: Whose values a name search finds.
FOUND_BY = ("name", "stage_name")
#: A stated activity says these as well.
PART_OF_ACTIVITY = {"domains": "domain", "occupations": "role"}
CODE_LISTS = {"areas": 200, "domains": 300, "occupations": 300}


@dataclass(slots=True)
class Draft:
    """An entry on its way: ``values`` are its columns, ``spellings`` the names it is to be found by."""

    actor: int
    face: str
    values: dict[str, Any]
    spellings: list[str]
    heading: Heading
    words: list[tuple[str, str]] = field(default_factory=list)  # (Latin key, folded native form)


def drafts(
    actors: dict[int, tuple[str, str]], rows_by_actor: dict[int, list[Stated]], sources: dict[int, set[str]]
) -> list[Draft]:
    """Entries of both faces for actors (id → number, kind); keys of names are computed for all of them at once."""
    keyed: dict[int, list[Stated]] = {}
    for each in with_name_keys(each for rows in rows_by_actor.values() for each in rows):
        keyed.setdefault(each.actor, []).append(each)
    bodies = take_bodies_apart(_names_of_bodies(actors, keyed))
    kept = keepers()
    found: list[Draft] = []
    for actor, (number, kind) in actors.items():
        faces = _faces(actor, kind, keyed.get(actor, []), bodies, kept)
        told = {"number": number, "is_public": len(faces) > 1, **_lists(sources.get(actor, set()))}
        for made in faces:
            made.values = {**told, **made.values, "name": made.values["name"] or number}
        found += faces
    _add_keys(found)
    return found


def _faces(
    actor: int, kind: str, rows: list[Stated], bodies: Mapping[str, Body], kept: Mapping[int, Kept]
) -> list[Draft]:
    """The entry for staff, and for those who have a public name the one for everybody."""
    made = []
    public = for_everybody(kind, rows)
    is_public = any(each.candidate.field == "name" for each in public)
    for face, seen in ((Face.STAFF, rows), (Face.PUBLIC, public if is_public else [])):
        if seen:
            made.append(_draft(actor, kind, face=face, rows=seen, bodies=bodies))
            made[-1].values |= _at(place_of([each.candidate for each in seen], kept))
    if len(made) > 1 and _same_words(*made):
        made[1].values["name"], made[1].heading = made[0].values["name"], made[0].heading
    return made


def _same_words(staff: Draft, public: Draft) -> bool:
    """Whether both faces bear one name, perhaps in another order: all lists know best which word is which."""
    one, other = (sorted(str(each.values["name"]).casefold().split()) for each in (staff, public))
    return one == other


def _names_of_bodies(actors: dict[int, tuple[str, str]], rows: dict[int, list[Stated]]) -> list[str]:
    bodies = (actor for actor, (_number, kind) in actors.items() if kind != ActorKind.PERSON)
    return [each.candidate.value for actor in bodies for each in rows.get(actor, []) if each.candidate.field == "name"]


def _lists(sources: set[str]) -> dict[str, Any]:
    return {"source_count": len(sources), "source_codes": _between_commas(sorted(sources), 400)}


def _draft(actor: int, kind: str, *, face: str, rows: list[Stated], bodies: Mapping[str, Body]) -> Draft:
    candidates = [each.candidate for each in rows]
    shown = choose(candidates)

    def one(code: str) -> str:
        return shown[code][0].value if code in shown else ""

    person = kind == ActorKind.PERSON
    form = one("org_form")
    heading = person_heading(candidates) if person else body_heading(candidates, form, bodies)
    values: dict[str, Any] = {
        "kind": kind,
        "name": (heading.name or one("stage_name"))[:300],
        "form": form[:40],
        "level": one("level")[:20],
        "born_year": year_of(one("birth_date")) if face == Face.STAFF else None,
        "ended": bool(one("death_date") if person else one("closed")),
        "conflicts_text": "",
        "counted": True,
        "reachable": False,
        "shared": False,
        "confirmed_on": None,
        **_codes(shown),
    }
    return Draft(actor, face, values, _spellings(candidates, kind), heading)


def _at(unit: str) -> dict[str, str]:
    return {
        "unit_code": unit[:20],
        "region_code": region_of(unit),
        "unit_path": unit_path(unit) if unit else "",
    }


def _codes(shown: Mapping[str, list[Chosen]]) -> dict[str, str]:
    """Areas, domains and occupations as lists of codes, with those that a stated activity says."""
    told = [read_activity(each.value) for each in shown.get("activity", ())]
    found = {}
    for code, longest in CODE_LISTS.items():
        part = PART_OF_ACTIVITY.get(code, "")
        said = {getattr(each, part, None) for each in told if each} | {each.value for each in shown.get(code, ())}
        found[f"{code}_text"] = _between_commas(sorted(filter(None, said)), longest)
    return found


def _spellings(candidates: Iterable[Candidate], kind: str) -> list[str]:
    spellings = [each.value for each in candidates if each.field in FOUND_BY]
    if kind == ActorKind.PERSON:
        spellings += [each.value for each in candidates if each.field in {"given_name", "surname"}]
    return list(dict.fromkeys(spellings))


def _between_commas(codes: Iterable[str], longest: int) -> str:
    """``,a,b,`` cut at a comma before ``longest``; empty for no codes."""
    text = ""
    for code in codes:
        if len(text) + len(code) + 2 > longest:
            break
        text += f",{code}"
    return f"{text}," if text else ""


def year_of(iso: str) -> int | None:
    """The year of an ISO date of any precision; None for anything else."""
    return int(iso[:4]) if len(iso) >= 4 and iso[:4].isascii() and iso[:4].isdigit() else None


def _add_keys(found: list[Draft]) -> None:
    """Sort key, Latin name and search words of all drafts, with one call into the pack for each kind of key."""
    scripts = pack().scripts
    shown = pl.Series("name", [each.values["name"] for each in found], dtype=pl.String)
    sort_keys = scripts.sort_key(shown).to_list()
    latin = scripts.romanise(shown).to_list()
    spelled = pl.Series("name", [joined_and_apart(" ".join(each.spellings)) for each in found], dtype=pl.String)
    folded, keyed = scripts.fold(spelled).to_list(), scripts.latin_key(spelled).to_list()
    for draft, sort_key, roman, fold, key in zip(found, sort_keys, latin, folded, keyed, strict=True):
        draft.words = pair_words(fold or "", key or "")
        draft.values["sort_key"] = (sort_key or "")[:120]
        draft.values["name_latin"] = (draft.heading.latin or roman or "")[:300]
        draft.values["search_key"] = _whole_words(words_of(key or ""), 400)
        draft.values["names"] = _names(draft)


def pair_words(folded: str, key: str) -> list[tuple[str, str]]:
    """Words of the Latin key, each with the word of the folded text it came from (or itself)."""
    folds, keys = folded.split(), key.split()
    if len(folds) != len(keys):
        folds = keys
    pairs = dict.fromkeys(zip(keys, folds, strict=True))
    keep = set(words_of(key))
    return [(key_word[:40], fold_word[:40]) for key_word, fold_word in pairs if key_word[:40] in keep]


def _names(draft: Draft) -> dict[str, str]:
    name, latin = str(draft.values["name"]), str(draft.values["name_latin"])
    found = {pack().languages[0].code: name} if not name.isascii() else {}
    if latin:
        found["en"] = latin
    return found


def _whole_words(words: list[str], longest: int) -> str:
    text = " ".join(words)
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0]
