"""Letters to many at the desk: the list, writing, the dry run, releasing and stopping."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import queries as audit
from soyol.fields.versions import Stale
from soyol.jobs.models import Job
from soyol.letters import actions, queries
from soyol.letters.actions.wording import below
from soyol.letters.choices import LetterState
from soyol.letters.models import Letter
from soyol.letters.queries.asking import to_be_asked
from soyol.letters.rules import ALONE, CHANGEABLE, PER_MINUTE, Refused, needs_second
from soyol.registry.models import DirectoryEntry
from soyol.workspace.acting import account, by, registry_scope, units
from soyol.workspace.asking import without_zero_bytes
from soyol.workspace.jobs.shown import shown as shown_job
from soyol.workspace.letters.forms import LANGUAGES, NARROWED, LetterForm, values_of
from soyol.workspace.letters.shown import left_out, line, lines, narrowed_to
from soyol.workspace.respond import page

PER_PAGE = 50
P = Permission.WRITE_LETTERS


def found_letter(request: HttpRequest, pk: int) -> Letter:
    """A letter to people of the officer's area; a foreign one is not there at all."""
    found = queries.visible(units(request, P)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no letter with this number in your area."))
    return found


@door(permission=P)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters of the area, the newest first."""
    pages = Paginator(queries.visible(units(request, P)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"lines": lines(pages), "pages": pages, "unheard": _unheard(request).count()}
    return page(request, "workspace/letters/letters.html", context)


def _unheard(request: HttpRequest) -> QuerySet[DirectoryEntry]:
    return to_be_asked(registry_scope(request, P))


@door(permission=P)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask by letter everybody of the area whose turn it is whether what is held is still right."""
    held = units(request, P)
    job = actions.start_asking(by=by(request), units=None if held is None else sorted(held))
    return redirect("desk:job", pk=job.pk)


@door(permission=P)
def new(request: HttpRequest) -> HttpResponse:
    """Write a letter; what the list of people was narrowed to is the beginning of its filter."""
    held = units(request, P)
    form = LetterForm(request.POST or None, units=held, initial=_beginning(request, held))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(by=by(request), user=account(request), written=form.written())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The letter is kept. Nobody has it yet: count who would get it."))
            return redirect("desk:letter", pk=made.pk)
    return page(request, "workspace/letters/write.html", {"form": form}, status=422 if form.errors else 200)


def _beginning(request: HttpRequest, held: frozenset[str] | None) -> dict[str, Any]:
    asked = {name: without_zero_bytes(request.GET.get(name, "")) for name in (*NARROWED, "q", "region")}
    only = next(iter(held)) if held and len(held) == 1 else None
    told = {name: asked[name] for name in NARROWED}
    return {**told, "text": asked["q"], "unit": asked["region"] or only, "reply_to": account(request).email}


@door(permission=P)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its words, whom it would reach, and how far it is."""
    found = found_letter(request, pk)
    count = queries.Count.from_json(found.counts) if found.counts else None
    job = Job.objects.filter(pk=found.job_id).first() if found.job_id else None
    written = [(code, found.subjects[code], found.texts[code], _below(found, code)) for code in LANGUAGES]
    context = {
        "one": line(found),
        "letter": found,
        "count": count,
        "left_out": left_out(count) if count else [],
        "narrowed": narrowed_to(found),
        "words": written,
        "shorts": [(code, found.shorts[code]) for code in LANGUAGES] if found.shorts else [],
        "changeable": found.state in CHANGEABLE,
        "needs_second": count is not None and needs_second(count.people),
        "is_writer": found.writer_id == account(request).pk,
        "alone": ALONE,
        "minutes": -(-count.people // PER_MINUTE) if count else 0,
        "job": shown_job(job) if job else None,
        "lies": found.state == LetterState.SENDING and job is not None and job.ended,
    }
    return page(request, "workspace/letters/letter.html", context)


def _below(found: Letter, code: str) -> str:
    with override(code):
        return below(found)


@door(permission=P)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a letter anew that nobody has yet."""
    found, held = found_letter(request, pk), units(request, P)
    if found.state not in CHANGEABLE:
        messages.error(request, _("This letter is not changed any more. Write another one."))
        return redirect("desk:letter", pk=pk)
    form = LetterForm(request.POST or None, units=held, initial=values_of(found))
    form.remember(found, values_of(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change(by=by(request), user=account(request), letter=found, version=version, written=form.written())
        except Refused as refused:
            form.add_error(None, str(refused))
        except Stale:
            return _changed_meanwhile(request, form, found_letter(request, pk))
        else:
            messages.success(request, _("The changes are saved. Count anew who would get it."))
            return redirect("desk:letter", pk=pk)
    context = {"form": form, "letter": found}
    return page(request, "workspace/letters/write.html", context, status=422 if form.errors else 200)


def _changed_meanwhile(request: HttpRequest, form: LetterForm, now: Letter) -> HttpResponse:
    """The form once more with both people's changes, and what is different."""
    values = values_of(now)
    again = LetterForm(units=units(request, P), initial=form.together(values))
    again.remember(now, values)
    meanwhile = form.meanwhile(audit.about(f"letters.Letter:{now.pk}").first(), values)
    context = {"form": again, "letter": now, "meanwhile": meanwhile}
    return page(request, "workspace/letters/write.html", context, status=409)


@door(permission=P)
@require_POST
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what sending would do now."""
    return _done(
        request, pk, lambda found: actions.count(by=by(request), letter=found), _("Counted. Nobody has it yet.")
    )


@door(permission=P)
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go out, as it was seen."""
    told = request.POST.get("version", "")
    version = int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0

    def act(found: Letter) -> object:
        return actions.release(by=by(request), user=account(request), letter=found, version=version)

    return _done(request, pk, act, _("The letter goes out now."))


@door(permission=P)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody more have it."""
    return _done(request, pk, lambda found: actions.stop(by=by(request), letter=found), _("Nobody more gets it."))


@door(permission=P)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Send on where the work ended in the middle."""
    return _done(request, pk, lambda found: actions.go_on(by=by(request), letter=found), _("The letter goes out now."))


def _done(request: HttpRequest, pk: int, act: Callable[[Letter], object], said: str) -> HttpResponse:
    found = found_letter(request, pk)
    try:
        act(found)
    except Refused as refused:
        messages.error(request, str(refused))
    except Stale:
        messages.warning(request, _("Somebody else has changed this letter meanwhile. Look at it again."))
    else:
        messages.success(request, said)
    return redirect("desk:letter", pk=pk)
