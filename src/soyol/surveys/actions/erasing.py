"""Taking somebody's answers out of surveys for good."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.surveys.models import AnswerFile, Draft, Submission


@transaction.atomic
def erase_answers(*, by: By, records: Collection[int]) -> int:
    """Empty the answers that became ``records``, and take away what was written for correcting them.

    Files of answers that were taken in go as a whole: what everybody else answered in them stands in the survey.
    """
    found = Submission.objects.filter(record_id__in=records).exclude(content_hash="")
    surveys = set(found.values_list("survey_id", flat=True))
    theirs = list(found.values_list("pk", flat=True))
    Draft.objects.filter(Q(corrects__in=theirs) | Q(sent__in=theirs)).delete()
    for kept in AnswerFile.objects.filter(survey__in=surveys, imported_at__isnull=False).select_related("file"):
        kept.delete()
        files.forget(by=by, stored=kept.file)
    for pk in theirs:
        audit.record(by, "surveys.submission.erase", f"surveys.Submission:{pk}", {})
    Submission.objects.filter(pk__in=theirs, mandate__isnull=False).update(mandate={})
    Submission.objects.filter(pk__in=theirs).update(answers={}, content_hash="", came_as="")
    return len(theirs)
