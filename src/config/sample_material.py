"""The invented sample lists, taken in through a user's own doors: receive, read, map, dry run, import, match."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from soyol.accounts.models import User
from soyol.audit import By
from soyol.claims.actions.opening import proved
from soyol.claims.choices import Proof
from soyol.claims.models import Claim
from soyol.fields import LanguageMap
from soyol.registry import actions as registry
from soyol.registry.models import Actor
from soyol.sources import actions as sources
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch, Source

BY = By.system("sample material")
PLACE = settings.ROOT / "samples"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came in: lists, rows that became records, and actors after matching."""

    lists: int
    rows: int
    actors: int


def described() -> list[dict[str, Any]]:
    """Return the descriptions of the lists that go with the country pack in use, in loading order."""
    text = (PLACE / "samples.toml").read_text(encoding="utf-8")
    return [one for one in tomllib.loads(text)["source"] if one["pack"] == settings.SOYOL_PACK]


def is_loaded() -> bool:
    """Whether every sample list has been imported and matched before."""
    codes = {one["code"] for one in described()}
    imported = set(Batch.objects.filter(state=BatchState.IMPORTED).values_list("source__code", flat=True))
    return codes <= imported and registry_has_run()


def shown(request: HttpRequest) -> dict[str, Any]:
    """For templates: whether invented material is in the registry, asked only by pages that tell it."""
    del request
    invented = Batch.objects.filter(state=BatchState.IMPORTED, received_by=BY.name)
    return {"sample_material": SimpleLazyObject(invented.exists)}


def registry_has_run() -> bool:
    """Whether a run of the matching has ended."""
    from soyol.registry.choices import RunState
    from soyol.registry.models import LinkageRun

    return LinkageRun.objects.filter(state=RunState.APPLIED).exists()


def load(say: Say) -> Loaded:
    """Load what is not there yet; a start that was interrupted goes on where it stopped."""
    rows = 0
    lists = described()
    for one in lists:
        batch = _take_in(one)
        rows += batch.counts.get("rows", 0)
        say(f"{one['names']['en']}: {batch.counts.get('rows', 0)} rows, {batch.problems_count} with something to mend")
    run = registry.run_linkage(by=BY)
    give_stakes()
    return Loaded(len(lists), rows, run.actors_after)


def give_stakes() -> None:
    """Write down what invented people have received or hold, as the parts of the house that give it will."""
    text = (PLACE / "samples.toml").read_text(encoding="utf-8")
    for at, one in enumerate(tomllib.loads(text)["stake"], start=1):
        if one["pack"] != settings.SOYOL_PACK:
            continue
        actor = _behind(one)
        told = {key: one[key] for key in ("kind", "names", "begins", "ends") if key in one}
        registry.add_stake(by=BY, actor=actor, origin=f"samples.Stake:{at}", **told)


def give_holds() -> None:
    """Let the invented artist have proved whom they are, so that one's own pages can be seen."""
    text = (PLACE / "samples.toml").read_text(encoding="utf-8")
    for one in tomllib.loads(text)["holder"]:
        if one["pack"] != settings.SOYOL_PACK:
            continue
        user = User.objects.get(email=f"{one['account']}@sample.invalid", is_sample=True)
        if not Claim.rows().filter(user=user).exists():  # what they let go of stays let go of
            proved(by=BY, user=user, actor=_behind(one), proof=Proof.DOCUMENT)


def _behind(one: dict[str, Any]) -> Actor:
    """Who stands behind a row of a list."""
    found: Actor = Actor.objects.get(
        identities__record__source__code=one["list"],
        identities__record__row=one["row"],
        identities__record__live=True,
        identities__valid_to__isnull=True,
    )
    return found


def _take_in(one: dict[str, Any]) -> Batch:
    source = _source(one)
    path = PLACE / one["file"]
    try:
        batch = sources.receive(by=BY, source=source, name=path.name, content=path, observed_on=one.get("observed_on"))
    except sources.AlreadyReceived as known:
        batch = known.batch
    return _carry_on(batch)


def _carry_on(batch: Batch) -> Batch:
    """Take a batch from wherever it stands to the state imported, as the pages do one step at a time."""
    if batch.state == BatchState.IMPORTING:
        batch = sources.abandon_import(by=BY, batch=batch)
    if batch.state == BatchState.RECEIVED:
        batch = sources.read_batch(by=BY, batch=batch)
    if batch.state == BatchState.READ:
        batch = sources.set_mapping(by=BY, batch=batch, mapping=batch.mapping)
    if batch.state == BatchState.MAPPED:
        batch = sources.dry_run(by=BY, batch=batch)
    if batch.state == BatchState.CHECKED:
        batch = sources.import_batch(by=BY, batch=batch)
    return batch


def _source(one: dict[str, Any]) -> Source:
    known = Source.objects.filter(code=one["code"]).first()
    if known is not None:
        return known
    return sources.create_source(
        by=BY,
        code=one["code"],
        names=one["names"],
        **{key: one[key] for key in ("trust", "rhythm", "completeness", "key_columns", "known_total") if key in one},
        **{key: _words(one[key]) for key in ("keeper", "legal_basis", "coverage")},
        kept_by_law=one.get("kept_by_law", False),
    )


def _words(value: dict[str, str]) -> str:
    """A text that is kept in one language only: the site's own, as its staff would have typed it."""
    return LanguageMap(value).best(settings.LANGUAGE_CODE)
