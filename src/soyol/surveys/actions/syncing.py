"""Answers out of the outbox of a device: taken in once, however often they come; nothing gives way by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.fields import reach
from soyol.surveys.actions.drafts import MOST, check_mandate
from soyol.surveys.actions.sending import Answered, keep, understood
from soyol.surveys.choices import Mode
from soyol.surveys.models import FormVersion, Submission, Survey
from soyol.surveys.queries.hashing import content_hash
from soyol.surveys.queries.understanding import Understood
from soyol.surveys.rules import Filled, Refused, Wrong
from soyol.surveys.rules.devices import LATE, given_on, instance_of, is_secret, misshapen

#: For what the answers on the server are shown beside those of the device; the audit keeps it.
COMPARING = "comparing answers to a survey with those on a device"


@dataclass(frozen=True)
class Carried:
    """One set of answers as a device sends it.

    ``secret`` shows that ``instance_id`` was made on that device. ``corrects``: the revision that whoever sends them
    saw beside theirs, and wants to replace. ``mandate``: an officer wrote for somebody.
    """

    instance_id: str
    secret: str
    version: FormVersion
    answers: Mapping[str, Any]
    edited_at: datetime
    mandate: Mapping[str, str] | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of it; ``again``: it was here already."""

    submission: Submission
    again: bool


class Unfit(Refused):
    """Answers that need a look; ``wrong`` says which, ``filled`` the form with them."""

    def __init__(self, filled: Filled, wrong: list[Wrong]) -> None:
        super().__init__("answers_wrong", n=len(wrong))
        self.filled, self.wrong = filled, wrong


class Differs(Refused):
    """Other answers stand here under this id; ``current`` are they. ``shown``: they came from whoever asks."""

    def __init__(self, current: Submission, *, shown: bool) -> None:
        super().__init__("differs" if shown else "differs_office", number=current.number)
        self.current, self.shown = current, shown


@reach.opened("what a device sends is laid beside what was sent under the same id before")
def sync(*, by: By, carried: Carried, units: frozenset[str] | None = None) -> Synced:
    """Take answers in; those that are here already give what they became. Raises Refused, Unfit or Differs.

    ``units``: where an officer may enter; None for everywhere. What is different under the same id is never replaced
    unless ``corrects`` names the revision that stands now. Answers that differ are looked at, and that is written down.
    """
    now = timezone.now()
    version = carried.version
    asked_from = _taken_from(carried, now)
    day = given_on(timezone.localdate(carried.edited_at), timezone.localdate(asked_from), timezone.localdate(now))
    filled = Filled(version.compiled, carried.answers, day)
    kept = filled.kept()
    digest = content_hash(version.compiled, kept)
    if (known := _known(carried, digest)) is not None:
        return Synced(known, again=True)
    if wrong := filled.all_wrong():
        raise Unfit(filled, wrong)
    officer = carried.mandate is not None
    answered = Answered(
        instance_id=carried.instance_id,
        version=version,
        answers=kept,
        mode=Mode.ENUMERATOR if officer else Mode.PUBLIC,
        edited_at=min(carried.edited_at, now),
        given_on=day,
        entered_by=by.name if officer else "",
        entered_by_id=by.id if officer else "",
        mandate=dict(carried.mandate) if carried.mandate is not None else None,
    )
    return _written(by, carried, digest, answered, units)


def _taken_from(carried: Carried, now: datetime) -> datetime:
    """From when the version was asked, once everything that the form does not judge was found right."""
    version = carried.version
    if not is_secret(carried.secret) or instance_of(carried.secret) != carried.instance_id:
        raise Refused("not_yours")
    if version.published_from is None:
        raise Refused("not_published")
    if version.published_until is not None and now - version.published_until > LATE:
        raise Refused("too_late", version=version.version, days=LATE.days)
    if sum(map(len, _texts(carried.answers))) > MOST:
        raise Refused("too_much", most=MOST)
    if name := misshapen(version.compiled, carried.answers):
        raise Refused("misshapen", value=name[:60], version=version.version)
    if carried.mandate is not None:
        check_mandate(carried.mandate)
    return version.published_from


def _texts(answers: Mapping[str, Any]) -> list[str]:
    rounds = [each for value in answers.values() if isinstance(value, list) for each in value]
    told = [answers, *(each for each in rounds if isinstance(each, Mapping))]
    return [value for each in told for value in each.values() if isinstance(value, str)]


def _known(carried: Carried, digest: str) -> Submission | None:
    """What equal answers became; of a correction, only what stands now can be equal."""
    mine = Submission.objects.select_related("survey").filter(
        survey=carried.version.survey_id, instance_id=carried.instance_id, content_hash=digest
    )
    if carried.corrects is not None:
        mine = mine.filter(is_current=True)
    return mine.order_by("-revision").first()


def _written(by: By, carried: Carried, digest: str, answered: Answered, units: frozenset[str] | None) -> Synced:
    rows: list[Understood] = understood([answered])  # takes most of the time, and nobody should wait for it
    with transaction.atomic():
        survey = Survey.objects.select_for_update().select_related("source").get(pk=carried.version.survey_id)
        if (known := _known(carried, digest)) is not None:
            return Synced(known, again=True)
        current = _current(carried)
        differs = None if current is None else _differing(by, carried, answered, current)
        if differs is None:
            if current is not None and units is not None and current.unit_id not in units:
                raise Refused("outside")
            told = Answered(**{**vars(answered), "supersedes": current})
            return Synced(keep(by=by, survey=survey, answered=[told], rows=rows, units=units)[0], again=False)
    raise differs  # behind the transaction, which keeps that the answers here were looked at


def _current(carried: Carried) -> Submission | None:
    mine = Submission.objects.select_related("survey", "version", "unit")
    return mine.filter(survey=carried.version.survey_id, instance_id=carried.instance_id, is_current=True).first()


def _differing(by: By, carried: Carried, answered: Answered, current: Submission) -> Differs | None:
    """The refusal, or None where whoever sends them saw what stands here, and it is theirs to correct."""
    theirs = (current.mode, current.entered_by_id) == (answered.mode, answered.entered_by_id)
    if theirs and carried.corrects == current.revision:
        return None
    if theirs:
        audit.looked(by, f"surveys.Submission:{current.pk}", sorted(current.answers), COMPARING)
    return Differs(current, shown=theirs)
