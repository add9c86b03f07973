"""Several entries that are in question with each other, on one screen: who of them are one, decided at once."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import actions, queries
from soyol.registry.models import DirectoryEntry, Opinion, Question
from soyol.registry.rules import Refused
from soyol.workspace import looks
from soyol.workspace.acting import account, by, registry_scope
from soyol.workspace.registry.beside import Beside, beside
from soyol.workspace.registry.desk import address_of_queue, found_question
from soyol.workspace.registry.desk_forms import TogetherForm, versions
from soyol.workspace.respond import page


@door(permission=Permission.JUDGE_PAIRS)
def together(request: HttpRequest, pk: int) -> HttpResponse:
    """All entries that open questions tie to those of one question; the looks are written down before the answer."""
    asked = found_question(request, pk)
    entries, among = queries.together(asked, registry_scope(request, Permission.JUDGE_PAIRS))
    mine = account(request).pk
    heard = Opinion.objects.filter(user_id=mine, taken_back_at__isnull=True, question__in=among)
    answered = set(heard.values_list("question_id", flat=True))
    open_to_me = [each for each in among if each.asked_of in {None, mine} and each.pk not in answered]
    if len(entries) < 2 or not open_to_me:
        raise Http404(_("There is no such question in your area."))
    form = TogetherForm(request.POST or None, entries=entries, initial={"versions": versions(open_to_me)})
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, form, open_to_me)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.get_full_path())
        else:
            messages.success(request, _("All of them are decided."))
            return redirect(address_of_queue(request, after=str(asked.pk)))
    context = {"asked": asked, "form": form, "beside": _look(request, entries, open_to_me)}
    return page(request, "workspace/registry/together.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _decide(request: HttpRequest, form: TogetherForm, among: Sequence[Question]) -> None:
    """Decide what was on the screen, as it was: what came or changed meanwhile is looked at again first."""
    if form.seen() != {each.pk: each.version for each in among}:
        raise Refused("question_changed")
    actions.decide_together(by=by(request), questions=among, groups=form.groups(), note=form.cleaned_data["note"])


def _look(request: HttpRequest, entries: Sequence[DirectoryEntry], among: Sequence[Question]) -> Beside:
    sides, rows, _lines = queries.laid_out(entries, registry_scope(request, Permission.JUDGE_PAIRS))
    whose = [f"registry.Actor:{entry.number}" for entry in entries]
    with transaction.atomic():
        audit.looked(by(request), whose, {row.field for row in rows}, looks.DESK)
        actions.hold([each.pk for each in among], user_id=account(request).pk)
    return beside(sides, rows)
