"""What the pages of surveys read."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from soyol.fields import reach
from soyol.surveys.models import Draft, FormVersion, Submission, Survey


def surveys() -> QuerySet[Survey]:
    """Surveys with ``answers_count`` and ``last_answer_at``."""
    current = Q(submissions__is_current=True)
    return Survey.objects.select_related("source__body").annotate(
        answers_count=Count("submissions", filter=current),
        last_answer_at=Max("submissions__received_at", filter=current),
    )


def open_versions() -> QuerySet[FormVersion]:
    """The versions that are asked now, one for each survey that is open."""
    asked = FormVersion.objects.filter(published_from__lte=timezone.now(), published_until__isnull=True)
    return asked.select_related("survey__source__body").order_by("-published_from")


def versions(survey: Survey) -> QuerySet[FormVersion]:
    """The versions of a survey, the newest first, with ``answers_count``; without what is asked in them."""
    return survey.versions.select_related("file").defer("form").annotate(answers_count=Count("submissions"))


def carried_versions() -> QuerySet[FormVersion]:
    """The versions that are or were asked: answers by them may still be on a device somewhere."""
    return FormVersion.objects.filter(published_from__isnull=False).select_related("survey__source")


def submissions(survey: Survey) -> QuerySet[Submission]:
    """The answers as they stand, the newest first, each with whether its row counts (``is_live``); without what was
    answered."""
    told = Submission.objects.filter(survey=survey, is_current=True).select_related("version", "unit", "survey")
    told = told.annotate(is_live=F("record__live"))
    return told.defer("answers", "mandate", "version__form").order_by("-received_at", "-pk")


def revisions(submission: Submission) -> QuerySet[Submission]:
    """All that was sent under one id, the newest first."""
    mine = Submission.objects.filter(survey=submission.survey_id, instance_id=submission.instance_id)
    return mine.select_related("version", "survey").defer("answers", "version__form").order_by("-revision")


def draft_for(digest: str) -> Draft | None:
    """The draft with this hash of its link, while its time is not over."""
    told = Draft.objects.select_related("version__survey__source", "sent__survey", "corrects")
    with reach.opened("a draft is found by its key alone"):
        found = told.filter(digest=digest, expires_at__gt=timezone.now()).first()
    if found is not None:
        reach.unlock("whoever has the key of a draft writes it")
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers of a survey by how they came, and those with problems or that nobody made sure of."""

    all: int
    public: int
    enumerator: int
    imported: int
    with_problems: int
    unconfirmed: int


def counts(told: QuerySet[Submission]) -> Counts:
    """The numbers of some answers. One query."""
    found = told.aggregate(
        all=Count("pk"),
        public=Count("pk", filter=Q(mode="public")),
        enumerator=Count("pk", filter=Q(mode="enumerator")),
        imported=Count("pk", filter=Q(mode="import")),
        with_problems=Count("pk", filter=Q(problems_count__gt=0)),
        unconfirmed=Count("pk", filter=Q(mode="public", confirmed_at__isnull=True)),
    )
    return Counts(**found)
