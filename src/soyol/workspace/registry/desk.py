"""The review desk: one question a screen, the next one ready, answered by keyboard."""

from urllib.parse import quote, urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.fields import reach
from soyol.registry import actions, queries
from soyol.registry.actions.deciding import Decided
from soyol.registry.choices import PairState
from soyol.registry.models import Opinion, Question
from soyol.registry.queries import Compared, Narrowed
from soyol.registry.queries.compared import MOST_TOGETHER
from soyol.registry.queries.numbers import end_of
from soyol.registry.rules import Refused
from soyol.registry.rules.questions import DECIDING
from soyol.workspace import looks
from soyol.workspace.acting import account, by, registry_scope
from soyol.workspace.registry.beside import beside
from soyol.workspace.registry.colleagues import colleagues, name_of
from soyol.workspace.registry.desk_forms import AnswerForm, AskForm
from soyol.workspace.registry.narrowing import narrowed_by, shown_narrowings
from soyol.workspace.respond import page
from soyol.workspace.words import language

#: Answers a day that the thin line is drawn against: an hour of steady work.
DAYS_WORK = 400
#: What the script of the desk is told beside an answer.
NEXT, TODAY, TOLD = "X-Soyol-Next", "X-Soyol-Today", "X-Soyol-Told"


@door(permission=Permission.JUDGE_PAIRS)
def following(request: HttpRequest) -> HttpResponse:
    """Lead on to the next question that waits for this account."""
    with reach.opened("only its place in the queue is taken"):
        behind = next(iter(Question.objects.filter(pk=_whole(request.GET.get("after", "")))), None)
    question = _next(request, narrowed_by(request.GET), behind)
    if question is None:
        return _nothing(request)
    return redirect(_address(request, question))


@door(permission=Permission.JUDGE_PAIRS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with both its entries side by side; the look is written down before it is answered."""
    asked = found_question(request, pk)
    one, other = end_of(asked.left), end_of(asked.right)
    if one.pk == other.pk:
        messages.info(request, _("The two have become one entry. Its page takes them apart again."))
        return redirect("desk:actor", one.number)
    return _show(request, asked)


@door(permission=Permission.JUDGE_PAIRS)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Same, not the same, or unsure; then on to the next one."""
    asked = found_question(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, answer_form=form, status=422)
    told = form.cleaned_data
    try:
        decided = actions.decide(
            by=by(request), question=asked, verdict=told["verdict"], note=told["note"], seen=told["version"]
        )
    except Refused as refused:
        return _refused(request, asked, refused)
    return _on(request, asked, _what_others_said(decided))


def _standing(asked: Question) -> QuerySet[Opinion]:
    """What was answered to the question and not taken back, the first answer first."""
    return asked.opinions.filter(taken_back_at__isnull=True).order_by("pk")


def _what_others_said(decided: Decided) -> str:
    """After one's own answer: what the first person said, and whether another one is needed; "" where there is none."""
    mine = decided.opinion
    first = _standing(mine.question).exclude(user_id=mine.user_id).first() if mine.question.staked else None
    if first is None or mine.verdict not in DECIDING:
        return ""
    told = _("To the last question %(name)s had answered “%(said)s”.") % {
        "name": first.by_name,
        "said": first.get_verdict_display(),
    }
    return told if decided.verdict is not None else f"{told} {_('One more person decides.')}"


@door(permission=Permission.JUDGE_PAIRS)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the question before a colleague."""
    asked = found_question(request, pk)
    answered = _standing(asked).values_list("user_id", flat=True)
    offered = colleagues(asked, but=account(request), answered=answered)
    form = AskForm(request.POST, offered=offered)
    if not form.is_valid():
        return _show(request, asked, ask_form=form, status=422)
    told = form.cleaned_data
    try:
        actions.ask_colleague(
            by=by(request), question=asked, colleague=told["colleague"], note=told["note"], seen=told["version"]
        )
    except Refused as refused:
        return _refused(request, asked, refused)
    messages.success(request, _("%(name)s is asked.") % {"name": name_of(told["colleague"])})
    return _on(request, asked)


@door(permission=Permission.JUDGE_PAIRS)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a question that was laid before this account back to everybody."""
    asked = found_question(request, pk)
    try:
        actions.give_back_question(by=by(request), question=asked)
    except Refused as refused:
        return _refused(request, asked, refused)
    return _on(request, asked)


@door(permission=Permission.JUDGE_PAIRS)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take one's last answer back and show its question again."""
    opinion = queries.last_opinion(account(request).pk)
    if opinion is None:
        messages.info(request, _("There is no answer of yours to take back."))
        return redirect(address_of_queue(request))
    found_question(request, opinion.question_id)
    try:
        asked = actions.take_back(by=by(request), opinion=opinion)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(address_of_queue(request))
    messages.success(request, _("Your last answer is taken back; everything stands as before."))
    return redirect(_address(request, asked))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def found_question(request: HttpRequest, pk: int) -> Question:
    """The question, whatever its state, where the account may see both its entries; else it is not found."""
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    with reach.opened("shown only where both its entries are in the area"):
        found = next(iter(Question.objects.filter(pk=pk).select_related("left", "right")), None)
    ends = {end_of(found.left).number, end_of(found.right).number} if found else set()
    if found is None or queries.visible_numbers(ends, scope=scope) < ends:
        raise Http404(_("There is no such question in your area."))
    return found


def _next(request: HttpRequest, narrowed: Narrowed, behind: Question | None) -> Question | None:
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    # Only which one it is, and how new what is known of it.
    waiting = queries.waiting(account(request).pk, scope, narrowed).only("version")
    return next(iter(queries.following(waiting, behind)), None)


def _address(request: HttpRequest, asked: Question) -> str:
    return reverse("desk:question", args=[asked.pk]) + _query(request)


def address_of_queue(request: HttpRequest, **more: str) -> str:
    """The address that leads on to the next question of the queue as it is narrowed."""
    return reverse("desk:review") + _query(request, **more)


def _query(request: HttpRequest, **more: str) -> str:
    """What the queue is narrowed to, as a query."""
    narrowed = narrowed_by(request.GET)
    told = {part: str(getattr(narrowed, part)) for part in narrowed.parts} | more
    return f"?{urlencode(told)}" if told else ""


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _on(request: HttpRequest, asked: Question, told: str = "") -> HttpResponse:
    """After an answer: the next page; to the script only which question is next, how far the day is, and ``told``."""
    if not _by_script(request):
        if told:
            messages.info(request, told)
        return redirect(address_of_queue(request, after=str(asked.pk)))
    following = _next(request, narrowed_by(request.GET), asked)
    version = f"{following.pk}:{following.version}" if following else ""
    beside = {NEXT: version, TODAY: str(queries.day_of(account(request).pk).answers)}
    return HttpResponse(status=204, headers=beside | ({TOLD: quote(told)} if told else {}))


def _refused(request: HttpRequest, asked: Question, refused: Refused) -> HttpResponse:
    if _by_script(request):
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, str(refused))
    return redirect(address_of_queue(request, after=str(asked.pk)))


def _nothing(request: HttpRequest) -> HttpResponse:
    narrowed = narrowed_by(request.GET)
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    context = {
        "can_take_back": queries.has_answered(account(request).pk),
        "query": _query(request),
        "narrowings": shown_narrowings(narrowed),
        "today": queries.day_of(account(request).pk),
        "open": queries.overview(scope).open,
    }
    return page(request, "workspace/registry/review_done.html", context, parts=("question",))


def _look(request: HttpRequest, asked: Question) -> Compared | None:
    """Both entries, with the look at them and at whoever is named beside written down; the question is held."""
    scope = registry_scope(request, Permission.JUDGE_PAIRS)
    shown = queries.compared(asked, scope=scope, lang=language())
    if shown is None:
        return None
    with transaction.atomic():
        whose = [f"registry.Actor:{side.entry.number}" for side in shown.sides]
        audit.looked(by(request), whose, {row.field for row in shown.rows}, looks.DESK)
        if shown.neighbours:
            near = [f"registry.Actor:{each.number}" for each in shown.neighbours]
            audit.looked(by(request), near, {"name"}, looks.DESK)
        actions.hold([asked.pk], user_id=account(request).pk)
    return shown


def _group_size(shown: Compared) -> int:
    """Entries that could be decided at once: both sides and the neighbours that are in question with one of them."""
    near = sum(1 for each in shown.neighbours if each.question)
    return min(2 + near, MOST_TOGETHER) if near else 0


def _show(request: HttpRequest, asked: Question, *, status: int = 200, **forms: object) -> HttpResponse:
    shown = _look(request, asked)
    if shown is None:
        raise Http404(_("There is no such question in your area."))
    mine = account(request)
    heard = {opinion.user_id: opinion for opinion in _standing(asked)}
    offered = colleagues(asked, but=mine, answered=heard)
    today = queries.day_of(mine.pk)
    start = {"version": asked.version}
    context = {
        "asked": asked,
        "shown": shown,
        "beside": beside(shown.sides, shown.rows),
        "narrowings": shown_narrowings(narrowed_by(request.GET)),
        "query": _query(request),
        "here": _address(request, asked),
        "later": address_of_queue(request, after=str(asked.pk)),
        "group_size": _group_size(shown),
        "together": reverse("desk:question_together", args=[asked.pk]) + _query(request),
        "today": today,
        "day_share": min(100, round(100 * today.answers / DAYS_WORK)),
        "answered": heard.get(mine.pk),
        "others": [opinion for user, opinion in heard.items() if user != mine.pk],
        "closed": asked.state != PairState.OPEN,
        "asked_me": asked.asked_of == mine.pk,
        "can_take_back": queries.has_answered(mine.pk),
        "answer_form": AnswerForm(initial=start),
        "ask_form": AskForm(initial=start, offered=offered) if offered else None,
        **forms,
    }
    return page(request, "workspace/registry/review.html", context, parts=("question",), status=status)
