"""Files of answers: kept byte for byte, looked through, and taken in; taking one in again changes nothing."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.files import queries as stored
from soyol.surveys.actions.sending import Answered, keep, understood
from soyol.surveys.choices import Mode
from soyol.surveys.models import AnswerFile, FormVersion, Survey
from soyol.surveys.queries.exchange import Brought, read_answers
from soyol.surveys.queries.plans import Plan, Planned, plan
from soyol.surveys.queries.understanding import Understood


def receive_answers(*, by: By, survey: Survey, version: FormVersion, path: Path, name: str) -> tuple[AnswerFile, Plan]:
    """Keep a file as another program exported it, and say what taking it in would do. Raises Refused.

    ``version`` is taken for answers that name none that is known. Nothing is taken in yet.
    """
    planned = plan(survey, version, read_answers(path, name, version.compiled))
    kept = files.keep(by=by, name=name, content=path, personal=True)
    with transaction.atomic():
        made = AnswerFile.objects.create(
            survey=survey, version=version, file=kept, received_by=by.name or by.kind, counts=planned.counts
        )
        told = {"sha256": kept.sha256, **planned.counts}
        audit.record(by, "surveys.file.receive", f"surveys.Survey:{survey.code}", told)
    return made, planned


def look_through(answer_file: AnswerFile) -> Plan:
    """What taking a kept file in would do now."""
    return plan(answer_file.survey, answer_file.version, _read(answer_file))


def _read(answer_file: AnswerFile) -> Brought:
    with stored.plain_path(answer_file.file) as path:
        return read_answers(path, answer_file.file.name, answer_file.version.compiled)


def import_answers(*, by: By, answer_file: AnswerFile) -> Plan:
    """Take in what is new and what was edited; what is known stays as it is, and what is not understood stays out."""
    # Reading and understanding come before the transaction, which would hold every other writer up.
    brought = _read(answer_file)
    rows = _rows(plan(answer_file.survey, answer_file.version, brought), by)
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=answer_file.survey_id)
        planned = plan(answer_file.survey, answer_file.version, brought)
        answered = [_answered(each, by) for each in (*planned.new, *planned.changed)]
        if answered:
            # What became new meanwhile, because a file was withdrawn, is understood now.
            rows |= _rows(planned, by) if any(each.instance_id not in rows for each in answered) else {}
            keep(
                by=by,
                survey=answer_file.survey,
                answered=answered,
                rows=[rows[each.instance_id] for each in answered],
                file=answer_file.file,
                name=answer_file.file.name,
            )
        answer_file.imported_at, answer_file.counts = timezone.now(), planned.counts
        answer_file.save(update_fields=["imported_at", "counts"])
        audit.record(by, "surveys.file.import", f"surveys.Survey:{answer_file.survey.code}", planned.counts)
    return planned


def _rows(planned: Plan, by: By) -> dict[str, Understood]:
    """Rows of what comes in, by the id under which they are kept."""
    answered = [_answered(each, by) for each in (*planned.new, *planned.changed)]
    return dict(zip([each.instance_id for each in answered], understood(answered), strict=True))


def _answered(planned: Planned, by: By) -> Answered:
    came, before = planned.came, planned.supersedes
    submitted = came.submitted if came.submitted is not None and came.submitted.tzinfo else None
    return Answered(
        instance_id=planned.kept_under,
        version=planned.version,
        answers=planned.answers,
        mode=Mode.IMPORT,
        edited_at=submitted,
        given_on=came.given_on,
        entered_by=by.name,
        entered_by_id=by.id,
        supersedes=before,
        came_as=came.current or came.root,
    )
