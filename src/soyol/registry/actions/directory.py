"""Building what lists and searches read: entries, counts by facet, search words. Safe to repeat at any time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import F, Q

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.fullness import count_fullness
from soyol.registry.actions.turns import one_at_a_time
from soyol.registry.choices import ActorState, Face, Purpose
from soyol.registry.models import (
    Actor,
    DirectoryEntry,
    FacetCell,
    Posting,
    SearchDeletion,
    SearchForm,
    SearchToken,
)
from soyol.registry.packing import pack
from soyol.registry.queries.contradictions import contradictions
from soyol.registry.queries.entries import ENTRY_FIELDS, Draft, drafts
from soyol.registry.queries.freshness import last_heard, lists_behind
from soyol.registry.queries.shown import Stated, beliefs, stated
from soyol.registry.rules.believing import Believed
from soyol.registry.rules.contradicting import FIELDS
from soyol.registry.rules.purposes import holds
from soyol.registry.search import deletion_hashes

#: Actors refreshed in one transaction: short enough that others who want to write hardly wait.
CHUNK = 250
#: Rows and parameters in one statement; SQLite takes 32,766 parameters.
ROWS = 500
#: Facet cells in one statement, each of which is a condition of five parts.
CELLS = 50
#: Choices of an actor, and the column of an entry that says what follows from each; a profile is an entry or none.
CHOSEN = tuple(purpose.value for purpose in Purpose)
COLUMNS_OF = {Purpose.STATISTICS: "counted", Purpose.CALLS: "reachable", Purpose.OPEN_DATA: "shared"}
CELL = ("face", "kind", "region_code", "areas_text", "domains_text")
REWRITTEN = (
    "number", "kind", "name", "name_latin", "names", "sort_key", "search_key", "form", "unit_code", "region_code",
    "unit_path", "areas_text", "domains_text", "occupations_text", "level", "is_public", "source_count", "source_codes",
    "born_year", "ended", "conflicts_text", "counted", "reachable", "shared",
    "confirmed_on",
)  # fmt: skip


def refresh(actors: Collection[int]) -> None:
    """Rebuild the entries of ``actors`` and take the mark of staleness from them; in the caller's transaction.

    Nobody changes the actors until it ends: what is read of them is what is written.
    """
    ids = sorted(actors)
    for start in range(0, len(ids), ROWS):
        _refresh(ids[start : start + ROWS])


def refresh_stale(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Rebuild the entries of all actors that are marked stale, chunk by chunk; returns how many.

    Killed in between, the rest is still marked and the next call goes on.
    """
    total, done = Actor.objects.filter(stale=True).count(), 0
    while True:
        with transaction.atomic():
            one_at_a_time()  # else somebody who is erased or merged meanwhile would get their entry back
            ids = list(Actor.objects.filter(stale=True).order_by("id").values_list("id", flat=True)[:CHUNK])
            refresh(ids)
        if not ids:
            return done
        done += len(ids)
        if progress:
            progress(done, max(total, done))


def rebuild_directory(*, by: By, progress: Callable[[int, int], None] | None = None) -> int:
    """Mark every actor and rebuild all entries; the search dictionary grows only, unused words find nobody."""
    with transaction.atomic():
        Actor.objects.update(stale=True)
        audit.record(by, "registry.directory.rebuild", "directory", {})
    done = refresh_stale(progress=progress)
    count_fullness()
    return done


def _refresh(ids: list[int]) -> None:
    # In order, so that new entries are numbered the same each time and two who lock never wait for each other.
    found = Actor.objects.select_for_update(no_key=True).filter(id__in=ids).order_by("id")
    known = {row["id"]: row for row in found.values("id", "number", "kind", "state", "stale", *CHOSEN)}
    actors = {pk: (row["number"], row["kind"]) for pk, row in known.items()}
    believed = beliefs()
    rows = stated(ids, ENTRY_FIELDS, believed=believed)
    behind = lists_behind(ids)
    made = drafts(actors, rows, {actor: set(lists) for actor, lists in behind.items()})
    _tell_contradictions(made, rows, believed)
    tell_choices(made, known)
    standing = [pk for pk, row in known.items() if row["state"] != ActorState.MERGED]
    tell_days(made, last_heard(behind, standing))
    before, there = _written(ids)
    borne = _borne(there)
    keep = {(each.actor, each.face) for each in made}
    _drop([pk for pk, at in there.items() if at not in keep])
    entries = write_entries(made)
    move_counts(before, cells_of(made))
    write_words(entries, made, borne)
    if marked := [pk for pk, row in known.items() if row["stale"]]:
        Actor.objects.filter(id__in=marked).update(stale=False)


def _tell_contradictions(made: list[Draft], rows: dict[int, list[Stated]], believed: Believed) -> None:
    """Let the entries for staff say about which fields lists contradict each other."""
    told = contradictions(rows, believed)
    for each in made:
        fields = told.get(each.actor, {})
        if fields and each.face == Face.STAFF:
            each.values["conflicts_text"] = f",{','.join(field for field in FIELDS if field in fields)},"


def tell_choices(made: Iterable[Draft], chosen: Mapping[int, Mapping[str, Any]]) -> None:
    """Let entries say what their actors may be counted in, written to about and shared in; ``chosen``: by actor."""
    for each in made:
        own = chosen.get(each.actor, {})
        for purpose, column in COLUMNS_OF.items():
            each.values[column] = holds(purpose, each.values["kind"], chosen=own.get(purpose))


def tell_days(made: Iterable[Draft], days: Mapping[int, date]) -> None:
    """Let entries say when their actors were last heard of; ``days``: by actor."""
    for each in made:
        each.values["confirmed_on"] = days.get(each.actor)


def _written(ids: Collection[int]) -> tuple["Counter[tuple[str, ...]]", dict[int, tuple[int, str]]]:
    """How many entries of these actors fall into each facet cell as they are written now, figures included; and the
    actor and face of each.
    """
    rows = DirectoryEntry.objects.filter(actor_id__in=ids).values_list("pk", "actor_id", "counted", *CELL)
    found: Counter[tuple[str, ...]] = Counter()
    there = {}
    for pk, actor, counted, face, *cell in rows:
        found[face, *cell] += 1
        if face == Face.STAFF and counted:
            found[Face.FIGURES.value, *cell] += 1
        there[pk] = (actor, face)
    return found, there


def _borne(entries: Collection[int]) -> dict[tuple[int, int], str]:
    """The words that entries bear now: (entry, token) → the word."""
    rows = Posting.objects.filter(entry_id__in=entries).values_list("entry_id", "token_id", "token__text")
    return {(entry, token): text for entry, token, text in rows}


def _drop(entries: Collection[int]) -> None:
    """Delete entries with their words; their tokens are counted by ``write_words``."""
    if entries:
        Posting.objects.filter(entry_id__in=entries).delete()
        DirectoryEntry.objects.filter(pk__in=entries).delete()


def write_entries(made: Sequence[Draft]) -> list[int]:
    """Insert or rewrite one row per draft; returns their ids in the order of ``made``."""
    rows = [DirectoryEntry(actor_id=each.actor, face=each.face, **each.values) for each in made]
    DirectoryEntry.objects.bulk_create(
        rows, ROWS, update_conflicts=True, unique_fields=["actor", "face"], update_fields=REWRITTEN
    )
    return [row.pk for row in rows]  # both databases tell it, of rewritten rows too


def cells_of(made: Sequence[Draft]) -> "Counter[tuple[str, ...]]":
    """How many drafts fall into each facet cell, those of published figures included."""
    found: Counter[tuple[str, ...]] = Counter()
    for each in made:
        cell = [each.values[name] for name in CELL[1:]]
        found[str(each.face), *cell] += 1
        if each.face == Face.STAFF and each.values["counted"]:
            found[Face.FIGURES.value, *cell] += 1
    return found


def move_counts(before: "Counter[tuple[str, ...]]", after: "Counter[tuple[str, ...]]") -> None:
    """Change the facet cells by the difference of two counts."""
    moved = {key: after[key] - before[key] for key in before.keys() | after.keys() if after[key] != before[key]}
    if not moved:
        return
    cells = [FacetCell(**dict(zip(CELL, key, strict=True))) for key in sorted(moved) if moved[key] > 0]
    FacetCell.objects.bulk_create(cells, ROWS, ignore_conflicts=True)  # what grows may not be there yet
    by_step: dict[int, list[Q]] = {}
    for key in sorted(moved):
        by_step.setdefault(moved[key], []).append(Q(**dict(zip(CELL, key, strict=True))))
    for step, wanted in by_step.items():
        for start in range(0, len(wanted), CELLS):
            any_of = reduce(or_, wanted[start : start + CELLS])
            FacetCell.objects.filter(any_of).update(entries=F("entries") + step)


def write_words(entries: Sequence[int], made: Sequence[Draft], borne: Mapping[tuple[int, int], str]) -> None:
    """Make ``entries`` findable by the words of ``made``, and by no others.

    ``borne``: (entry, token) → word, as it was before, also of entries that are no more.
    """
    tokens = tokens_of({pair for each in made for pair in each.words}, {text: at for (_, at), text in borne.items()})
    wanted = {(entry, tokens[key]) for entry, each in zip(entries, made, strict=True) for key, _native in each.words}
    lost = borne.keys() - wanted
    of_those_kept: dict[int, list[int]] = {entry: [] for entry in sorted(entries)}
    for entry, token in lost:
        of_those_kept.get(entry, []).append(token)
    for entry, gone in of_those_kept.items():
        if gone:
            Posting.objects.filter(entry_id=entry, token_id__in=gone).delete()
    fresh = sorted((token, entry) for entry, token in wanted - borne.keys())
    Posting.objects.bulk_create([Posting(token_id=token, entry_id=entry) for token, entry in fresh], ROWS * 10)
    moved = Counter(token for token, _entry in fresh)
    moved.subtract(token for _entry, token in lost)
    count_uses(moved)


def tokens_of(pairs: Iterable[tuple[str, str]], known: Mapping[str, int] | None = None) -> dict[str, int]:
    """Ids of the dictionary's tokens for pairs (Latin key, native form); new words and spellings are added.

    ``known``: tokens that the caller has read already, by their word.
    """
    pairs = set(pairs)
    keys = {key for key, _native in pairs}
    found = dict(known or {})
    found |= _ids(SearchToken, sorted(keys - found.keys()))
    if new := sorted(keys - found.keys()):
        sounds = pack().scripts.sound_key(pl.Series("key", new, dtype=pl.String)).to_list()
        rows = [SearchToken(text=key, sound=(sound or key)[:40]) for key, sound in zip(new, sounds, strict=True)]
        SearchToken.objects.bulk_create(rows, ROWS, ignore_conflicts=True)
        found |= _ids(SearchToken, new)
    _add_forms({(form, found[key]) for key, native in pairs for form in (key, native)})
    return found


def _add_forms(forms: set[tuple[str, int]]) -> None:
    texts = sorted({form for form, _token in forms})
    have = _ids(SearchForm, texts)
    new = sorted((form, token) for form, token in forms if form not in have)
    if not new:
        return
    SearchForm.objects.bulk_create(
        [SearchForm(text=form, token_id=token) for form, token in new], ROWS, ignore_conflicts=True
    )
    hashes = sorted({(each, token) for form, token in new for each in deletion_hashes(form)})
    SearchDeletion.objects.bulk_create(
        [SearchDeletion(hash=each, token_id=token) for each, token in hashes], ROWS * 10, ignore_conflicts=True
    )


def _ids(model: type[SearchToken] | type[SearchForm], texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    waiting = iter(texts)
    while part := list(islice(waiting, ROWS)):
        found.update(model.objects.filter(text__in=part).values_list("text", "pk"))
    return found


def count_uses(moved: "Counter[int]") -> None:
    """Add to the number of entries that bear each token."""
    by_step: dict[int, list[int]] = {}
    for token, step in moved.items():
        if step:
            by_step.setdefault(step, []).append(token)
    for step, tokens in sorted(by_step.items()):
        for start in range(0, len(tokens), ROWS):
            SearchToken.objects.filter(pk__in=tokens[start : start + ROWS]).update(uses=F("uses") + step)
