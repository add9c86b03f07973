"""Sending answers: each set becomes a row of the survey's list, once, and a correction a row that replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.places.models import Unit
from soyol.sources import actions as sources
from soyol.surveys.choices import Mode
from soyol.surveys.models import Draft, FormVersion, Submission, Survey
from soyol.surveys.queries.hashing import content_hash
from soyol.surveys.queries.understanding import Understood, understand
from soyol.surveys.rules import Filled, Refused


@dataclass(frozen=True)
class Answered:
    """One set of answers that is right: whose, by which version, and what is known of how it came."""

    instance_id: str
    version: FormVersion
    answers: Mapping[str, Any]
    mode: Mode
    edited_at: datetime | None = None
    given_on: date | None = None
    entered_by: str = ""
    entered_by_id: str = ""
    mandate: Mapping[str, str] | None = None
    supersedes: Submission | None = None
    came_as: str = ""
    confirmed_by: str = ""

    @property
    def is_believed(self) -> bool:
        """Whether what it says about consent counts in the registry; a stranger could speak for anybody."""
        return self.mode != Mode.PUBLIC or bool(self.confirmed_by)


def send(*, by: By, draft: Draft, units: frozenset[str] | None = None) -> Submission:
    """Send what a draft holds; a draft that was sent before gives what it became. Raises Refused.

    ``units``: where whoever enters them may do so; None for everywhere.
    """
    fresh = Draft.objects.select_related("version__survey__source", "sent", "corrects").get(pk=draft.pk)
    if fresh.sent is not None:
        return fresh.sent
    filled = Filled(fresh.version.compiled, fresh.answers or {}, timezone.localdate())
    if wrong := filled.all_wrong():
        raise Refused("answers_wrong", n=len(wrong))
    answered = _answered(fresh, filled.kept())
    rows = understood([answered])
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=fresh.version.survey_id)
        mine = Draft.objects.select_for_update(of=("self",)).select_related("sent", "corrects").get(pk=draft.pk)
        if mine.sent is None and mine.saved_at == fresh.saved_at:
            _current(mine.corrects)
            made = keep(by=by, survey=fresh.version.survey, answered=[answered], rows=rows, units=units)[0]
            Draft.objects.filter(pk=mine.pk).update(answers=None, sent=made)
            return made
    return send(by=by, draft=draft, units=units)  # it was sent, or written on, on another device meanwhile


def _answered(draft: Draft, answers: dict[str, Any]) -> Answered:
    return Answered(
        instance_id=str(draft.instance_id),
        version=draft.version,
        answers=answers,
        mode=Mode(draft.mode),
        entered_by=draft.entered_by,
        entered_by_id=draft.entered_by_id,
        mandate=draft.mandate,
        supersedes=_current(draft.corrects),
    )


def _current(submission: Submission | None) -> Submission | None:
    if submission is not None and not submission.is_current:
        raise Refused("not_current")
    return submission


@transaction.atomic
def confirm(*, by: By, submission: Submission) -> Submission:
    """An officer made sure that the person wrote the answers themselves: what they say of consent counts from now on.

    Nothing is changed: the same answers come as a row that replaces the one before.
    """
    Survey.objects.select_for_update().get(pk=submission.survey_id)
    if not Submission.objects.filter(pk=submission.pk, is_current=True).exists():
        raise Refused("not_current")
    if submission.confirmed_at is not None or submission.mode != Mode.PUBLIC:
        return submission
    answered = Answered(
        submission.instance_id,
        submission.version,
        submission.answers,
        Mode.PUBLIC,
        given_on=timezone.localdate(submission.received_at),
        supersedes=submission,
        confirmed_by=by.name or by.kind,
    )
    return keep(by=by, survey=submission.survey, answered=[answered], rows=understood([answered]))[0]


@transaction.atomic
def keep(
    *,
    by: By,
    survey: Survey,
    answered: Sequence[Answered],
    rows: Sequence[Understood],
    units: frozenset[str] | None = None,
    **more: Any,
) -> list[Submission]:
    """Write sets of answers down, with their rows of the list and one line in the audit for all of them.

    ``rows`` are what ``understood`` makes of them; it takes most of the time, and is done before the transaction, which
    every other writer waits for. ``more``: the file that they came in and its name, for ``record_answers``.
    """
    if units is not None and any(row.values.get("unit") not in units for row in rows):
        raise Refused("outside")
    records = sources.record_answers(
        by=by,
        source=survey.source,
        rows=[
            sources.AnswerRow(each.instance_id, _dated(each, row), row.raw, row.problems)
            for each, row in zip(answered, rows, strict=True)
        ],
        **more,
    )
    places = set(
        Unit.objects.filter(pk__in={row.values.get("unit") or "" for row in rows}).values_list("pk", flat=True)
    )
    superseded = [each.supersedes.pk for each in answered if each.supersedes is not None]
    Submission.objects.filter(pk__in=superseded).update(is_current=False)
    made = Submission.objects.bulk_create(
        [
            _submission(survey, each, row, record.pk, places)
            for each, row, record in zip(answered, rows, records, strict=True)
        ],
        500,
    )
    _tell(by, survey, made, len(superseded))
    return made


def _dated(told: Answered, row: Understood) -> dict[str, Any]:
    """The values of a row with the day on which they were true, where it is another one than that of the file."""
    return {**row.values, **({"observed_on": told.given_on.isoformat()} if told.given_on else {})}


def understood(answered: Sequence[Answered]) -> list[Understood]:
    """What sets of answers are as rows, in their order, version by version."""
    made: dict[int, Understood] = {}
    for version in {each.version.pk: each.version for each in answered}.values():
        mine = [at for at, each in enumerate(answered) if each.version.pk == version.pk]
        believed = [answered[at].is_believed for at in mine]
        rows = understand(version.compiled, [answered[at].answers for at in mine], consents=believed)
        made |= dict(zip(mine, rows, strict=True))
    return [made[at] for at in range(len(answered))]


def _submission(survey: Survey, told: Answered, row: Understood, record: int, places: set[str]) -> Submission:
    before, now = told.supersedes, timezone.now()
    unit = row.values.get("unit")
    return Submission(
        survey=survey,
        version=told.version,
        instance_id=told.instance_id,
        revision=before.revision + 1 if before else 1,
        answers=dict(told.answers),
        came_as=told.came_as,
        content_hash=content_hash(told.version.compiled, told.answers),
        mode=told.mode,
        entered_by=told.entered_by,
        entered_by_id=told.entered_by_id,
        mandate=dict(told.mandate) if told.mandate else None,
        received_at=now,
        edited_at=told.edited_at,
        confirmed_at=now if told.confirmed_by else None,
        confirmed_by=told.confirmed_by,
        unit_id=unit if unit in places else None,
        record_id=record,
        problems_count=len(row.problems),
    )


def _tell(by: By, survey: Survey, made: Sequence[Submission], changed: int) -> None:
    """One line for one set of answers, one for a file of many."""
    if len(made) == 1:
        told = {"survey": survey.code, "mode": made[0].mode, "revision": made[0].revision}
        audit.record(by, "surveys.submission.keep", f"surveys.Submission:{made[0].pk}", told)
    elif made:
        told = {"new": len(made) - changed, "changed": changed}
        audit.record(by, "surveys.submission.import", f"surveys.Survey:{survey.code}", told)
