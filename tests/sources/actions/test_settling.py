"""Which rows are live and listed: what a few statements over a database say, against the same told row by row."""

import random
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from soyol.sources.actions.settling import settle
from soyol.sources.choices import BatchState, Completeness
from soyol.sources.models import Batch, Sighting, Source, SourceRecord
from tests.factories.registry import a_source

pytestmark = pytest.mark.django_db
KEYS = "abcdef"
STEPS = 12


@dataclass
class Keeper:
    """Somebody who sends files of a list, reads one again under other columns, and takes one back: by lot."""

    source: Source
    draw: random.Random
    batches: list[Batch] = field(default_factory=list)

    def step(self) -> None:
        standing = [batch for batch in self.batches if batch.state == BatchState.IMPORTED]
        what = self.draw.choice(("send", "send", "again", "back")) if standing else "send"
        if what == "back":
            batch = self.draw.choice(standing)
            batch.state, batch.withdrawn_at = BatchState.WITHDRAWN, timezone.now()
            batch.save()
        else:
            batch = self._sent() if what == "send" else self.draw.choice(standing)
            self._rows(batch)
        settle(batch)

    def _sent(self) -> Batch:
        number = len(self.batches)
        batch = Batch.objects.create(
            source=self.source, file_name=f"{number}", sha256=f"{number:064}", state=BatchState.IMPORTED, revision=0
        )
        self.batches.append(batch)
        return batch

    def _rows(self, batch: Batch) -> None:
        """Rows of the next revision: each known again or said otherwise; it is in force afterwards."""
        batch.revision += 1
        for row, key in enumerate(self.draw.sample(KEYS, self.draw.randint(1, len(KEYS))), start=1):
            known = SourceRecord.objects.filter(source=self.source, identity_key=key, live=True).first()
            record = known if known and self.draw.random() < 0.5 else self._record(batch, row, key)
            Sighting.objects.create(batch=batch, revision=batch.revision, record=record, row=row)
        batch.save()

    def _record(self, batch: Batch, row: int, key: str) -> SourceRecord:
        return SourceRecord.objects.create(
            source=self.source,
            batch=batch,
            revision=batch.revision,
            row=row,
            kind="person",
            raw={},
            values={},
            identity_key=key,
            content_hash=f"{batch.pk}-{batch.revision}-{row}",
        )


def _told(source: Source) -> dict[int, tuple[bool, int | None]]:
    """Live or not, and the last file, of each row: by the definition, one by one."""
    last: dict[int, int] = {}
    for seen in Sighting.objects.filter(record__source=source).select_related("batch"):
        if seen.revision == seen.batch.revision and seen.batch.state != BatchState.WITHDRAWN:
            last[seen.record_id] = max(last.get(seen.record_id, 0), seen.batch_id)
    newest: dict[str, int] = {}
    keys = dict(SourceRecord.objects.filter(source=source).values_list("pk", "identity_key"))
    for pk, batch in last.items():
        newest[keys[pk]] = max(newest.get(keys[pk], 0), batch)
    return {pk: (pk in last and last[pk] == newest[key], last.get(pk)) for pk, key in keys.items()}


def _listed(source: Source) -> set[int]:
    """Rows that are listed: all live ones; of a full list those of the latest file that stands."""
    live = {pk: batch for pk, (is_live, batch) in _told(source).items() if is_live}
    if source.completeness != Completeness.FULL:
        return set(live)
    latest = max((batch.pk for batch in source.batches.all() if batch.state == BatchState.IMPORTED), default=0)
    return {pk for pk, batch in live.items() if batch == latest}


@pytest.mark.parametrize("completeness", [Completeness.FULL, Completeness.ADDITION])
@pytest.mark.parametrize("seed", range(15))
def test_what_is_live_and_listed_follows_from_the_files_that_stand(seed: int, completeness: Completeness) -> None:
    keeper = Keeper(a_source(completeness=completeness), random.Random(seed))  # noqa: S311 -- the same files each time
    for _step in range(STEPS):
        keeper.step()
        rows = SourceRecord.objects.filter(source=keeper.source)
        assert {row.pk: (row.live, row.last_batch_id) for row in rows} == _told(keeper.source)
        assert {row.pk for row in rows if row.live and row.listed} == _listed(keeper.source)


def test_another_list_with_the_same_keys_stays_as_it_is() -> None:
    draw = random.Random(1)  # noqa: S311 -- the same files each time
    one, other = Keeper(a_source(code="one"), draw), Keeper(a_source(code="other"), draw)
    one.step()
    before = list(SourceRecord.objects.filter(source=one.source).order_by("pk").values("pk", "live", "last_batch"))
    for _step in range(STEPS):
        other.step()
    after = list(SourceRecord.objects.filter(source=one.source).order_by("pk").values("pk", "live", "last_batch"))
    assert before == after != []
