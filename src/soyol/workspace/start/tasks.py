"""What waits for an account: files on their way, comparisons that are due, doubtful pairs; the most pressing first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from soyol.accounts.choices import Permission
from soyol.claims.queries import claims_to_check
from soyol.notices import queries as notices
from soyol.notices.choices import MessageState
from soyol.registry import queries as registry
from soyol.registry.choices import RunState
from soyol.registry.queries import Narrowed
from soyol.registry.queries.contradictions import in_contradiction
from soyol.rights.queries.requests import waiting as requests_of_people
from soyol.sources.choices import BatchState
from soyol.sources.models import Batch
from soyol.surveys.choices import Mode
from soyol.surveys.models import Survey
from soyol.workspace.acting import account, may, registry_scope, units
from soyol.workspace.sources.find import visible_batches
from soyol.workspace.surveys.find import visible_submissions

#: Files shown at most; the lists have the rest.
MOST = 20


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: where, in words, and how pressing."""

    title: str
    note: str
    href: str
    word: str
    tone: str
    glyph: str


def tasks(request: HttpRequest) -> list[Task]:
    """Everything that waits for this account, in the order in which it should be done."""
    found: list[Task] = []
    if may(request, Permission.IMPORT_FILES):
        found += _files(request)
    if may(request, Permission.RUN_LINKAGE):
        found += _comparison()
    if may(request, Permission.JUDGE_PAIRS):
        found += _pairs(request)
    if may(request, Permission.EDIT_REGISTRY):
        found += _contradictions(request)
    if may(request, Permission.ENTER_ANSWERS):
        found += _answers(request)
    if may(request, Permission.SEE_OUTBOX):
        found += _messages()
    if may(request, Permission.DECIDE_REQUESTS):
        found += _requests(request)
    if may(request, Permission.CHECK_CLAIMS):
        found += _claims(request)
    return found


def _messages() -> list[Task]:
    """Messages of which somebody must say whether they go again."""
    return [
        Task(
            title=ngettext("%(n)d message: %(state)s", "%(n)d messages: %(state)s", count)
            % {"n": count, "state": MessageState(state).label},
            note=_("Look at the reason; send them again, or say that they do not go out."),
            href=reverse("desk:outbox") + f"?state={state}",
            word=_("look"),
            tone="ochre",
            glyph="!",
        )
        for state, count in notices.undecided()
    ]


def _requests(request: HttpRequest) -> list[Task]:
    return _awaited(
        requests_of_people(units(request, Permission.DECIDE_REQUESTS)),
        ngettext_lazy("%(n)d request of a person waits", "%(n)d requests of people wait", "n"),
        _("People ask that something about them is corrected or erased."),
        reverse("desk:requests"),
    )


def _claims(request: HttpRequest) -> list[Task]:
    return _awaited(
        claims_to_check(units(request, Permission.CHECK_CLAIMS)),
        ngettext_lazy("%(n)d claim or enrolment waits", "%(n)d claims and enrolments wait", "n"),
        _("People say that an entry is theirs, or enrolled themselves; somebody makes sure."),
        reverse("desk:claims"),
    )


def _awaited(waiting: QuerySet[Any], title: Any, note: str, href: str) -> list[Task]:
    """What people wait for an answer to by a day (``due_on``); red where somebody has waited for too long."""
    size = waiting.count()
    if not size:
        return []
    late = waiting.filter(due_on__lt=timezone.localdate()).exists()
    word, tone = (_("overdue"), "vermilion") if late else (_("to be decided"), "ochre")
    return [Task(title=title % {"n": size}, note=note, href=href, word=word, tone=tone, glyph="!")]


def _answers(request: HttpRequest) -> list[Task]:
    """Surveys with answers from the public page that no officer has confirmed."""
    waiting = visible_submissions(request, Permission.ENTER_ANSWERS).filter(
        is_current=True, mode=Mode.PUBLIC, confirmed_at__isnull=True
    )
    counted = waiting.order_by().values("survey").annotate(n=Count("pk")).values_list("survey", "n")
    counts = dict(counted[:MOST])
    return [
        Task(
            title=_("Confirm who answered: %(name)s") % {"name": survey.titles.best()},
            note=ngettext("%(n)d set of answers waits", "%(n)d sets of answers wait", counts[survey.pk])
            % {"n": counts[survey.pk]},
            href=reverse("desk:survey", args=[survey.code]) + "?show=unconfirmed",
            word=_("not confirmed"),
            tone="ochre",
            glyph="△",
        )
        for survey in Survey.objects.filter(pk__in=counts)
    ]


def _files(request: HttpRequest) -> list[Task]:
    words = {
        BatchState.CHECKED: (_("Look at the dry run and import"), _("ready to import")),
        BatchState.MAPPED: (_("Start the dry run"), _("columns confirmed")),
        BatchState.READ: (_("Confirm the columns"), _("read")),
    }
    waiting = visible_batches(request, Permission.IMPORT_FILES).filter(state__in=list(words))
    order = list(words)
    found = sorted(waiting[:MOST], key=lambda batch: order.index(BatchState(batch.state)))
    return [
        Task(
            title=f"{words[BatchState(batch.state)][0]}: {batch.file_name}",
            note=batch.source.name_in(),
            href=reverse("desk:batch", args=[batch.pk]),
            word=words[BatchState(batch.state)][1],
            tone="ochre",
            glyph="!",
        )
        for batch in found
    ]


def _comparison() -> list[Task]:
    last = registry.runs().filter(state=RunState.APPLIED).first()
    since = Batch.objects.filter(state=BatchState.IMPORTED, source__is_hand=False)
    if last is not None:
        since = since.filter(imported_at__gt=last.started_at)
    count = since.count()
    if not count:
        return []
    note = ngettext(
        "%(n)d file came in since the last comparison.", "%(n)d files came in since the last comparison.", count
    )
    return [
        Task(
            title=_("Find who is the same"),
            note=note % {"n": count},
            href=reverse("desk:linkage"),
            word=_("due"),
            tone="ochre",
            glyph="!",
        )
    ]


def _pairs(request: HttpRequest) -> list[Task]:
    scope, mine = registry_scope(request, Permission.JUDGE_PAIRS), account(request).pk
    size = registry.waiting(mine, scope).count()
    for_me = registry.waiting(mine, scope, Narrowed(mine=True)).count()
    found = []
    if for_me:
        title = ngettext("%(n)d question waits for you", "%(n)d questions wait for you", for_me) % {"n": for_me}
        note = _("A colleague asks you, or a second person is needed because money, an award or an office hangs on it.")
        href = reverse("desk:review") + "?mine=True"
        found.append(Task(title=title, note=note, href=href, word=_("asked"), tone="ochre", glyph="!"))
    if size:
        title = ngettext("%(n)d doubtful pair waits", "%(n)d doubtful pairs wait", size) % {"n": size}
        note = _("The computer is not sure whether two records mean the same person or organisation.")
        found.append(Task(title=title, note=note, href=reverse("desk:linkage"), word=_("look"), tone="blue", glyph="?"))
    return found


def _contradictions(request: HttpRequest) -> list[Task]:
    """Entries about which lists contradict each other, wherever the account may say what is right."""
    size = in_contradiction(registry_scope(request, Permission.EDIT_REGISTRY)).count()
    if not size:
        return []
    title = ngettext(
        "Lists contradict each other about %(n)d entry", "Lists contradict each other about %(n)d entries", size
    )
    note = _("Somebody who knows says which value is right, or that both are.")
    href = reverse("desk:conflicts")
    return [Task(title=title % {"n": size}, note=note, href=href, word=_("look"), tone="blue", glyph="?")]
