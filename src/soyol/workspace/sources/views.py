"""Lists, who keeps them, and the files they send."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import queries as audit
from soyol.fields.versions import Stale
from soyol.registry import actions as registry_actions
from soyol.sources import actions
from soyol.sources.actions import AlreadyReceived
from soyol.sources.choices import BatchState
from soyol.sources.models import Source
from soyol.sources.rules import Refused
from soyol.workspace.acting import account, by, may_here
from soyol.workspace.respond import page
from soyol.workspace.sources.find import found_source, visible_batches, visible_sources
from soyol.workspace.sources.forms import Owned, SourceForm, UploadForm
from soyol.workspace.sources.keys import known_by
from soyol.workspace.words import language


@door(permission=Permission.SEE_SOURCES)
def sources(request: HttpRequest) -> HttpResponse:
    """Every list in the reader's scope."""
    return page(request, "workspace/sources/sources.html", {"sources": visible_sources(request)})


@door(permission=Permission.SEE_SOURCES)
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One list: what it is, the files that came, and a place to put the next one."""
    found = found_source(request, code)
    return page(request, "workspace/sources/source.html", _source_page(request, found, UploadForm()))


@door(permission=Permission.IMPORT_FILES, large_files=True)
@require_POST
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take a file in and start reading it."""
    found = found_source(request, code, Permission.IMPORT_FILES)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.receive(
                by=by(request),
                source=found,
                name=file.name,
                content=file.file,
                observed_on=form.cleaned_data["observed_on"],
            )
        except AlreadyReceived as known:
            messages.warning(request, str(known))
            return redirect("desk:batch", pk=known.batch.pk)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            actions.start_reading(by=by(request), batch=batch)
            return redirect("desk:batch", pk=batch.pk)
    return page(request, "workspace/sources/source.html", _source_page(request, found, form), status=422)


@door(permission=Permission.MANAGE_SOURCES)
def create(request: HttpRequest) -> HttpResponse:
    """Make a new list known."""
    form = SourceForm(request.POST or None, owned=_owned(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_source(by=by(request), **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The list is known now. Put its first file in below."))
            return redirect("desk:source", code=made.code)
    return page(
        request, "workspace/sources/form.html", {"form": form, "source": None}, status=422 if form.errors else 200
    )


@door(permission=Permission.MANAGE_SOURCES)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said about a list."""
    found = found_source(request, code, Permission.MANAGE_SOURCES)
    form = SourceForm(request.POST or None, source=found, initial=SourceForm.of(found), owned=_owned(request))
    if request.method == "POST" and form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            actions.change_source(by=by(request), source=found, **form.values())
        except Stale:
            return _saved_meanwhile(request, form, found_source(request, code, Permission.MANAGE_SOURCES))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("desk:source", code=found.code)
    return page(
        request, "workspace/sources/form.html", {"form": form, "source": found}, status=422 if form.errors else 200
    )


def _saved_meanwhile(request: HttpRequest, form: SourceForm, now: Source) -> HttpResponse:
    """The form once more with both people's changes, and what is different."""
    values = SourceForm.of(now)
    again = SourceForm(source=now, initial=form.together(values), owned=_owned(request))
    meanwhile = form.meanwhile(audit.about(f"sources.Source:{now.code}").first(), values)
    context = {"form": again, "source": now, "meanwhile": meanwhile}
    return page(request, "workspace/sources/form.html", context, status=409)


@door(permission=Permission.IMPORT_FILES)
@require_POST
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Make the workbook that goes back to the keeper."""
    found = found_source(request, code, Permission.IMPORT_FILES)
    job = registry_actions.start_give_back(by=by(request), source=found, lang=language())
    return redirect("desk:job", pk=job.pk)


def _source_page(request: HttpRequest, found: Source, form: UploadForm) -> dict[str, object]:
    files = visible_batches(request, Permission.SEE_SOURCES).filter(source=found).defer("reading", "dry_run")
    may = may_here(request, found.unit_id, found.body_id)
    closed = 0 if files else found.batches.exclude(state=BatchState.WITHDRAWN).count()
    return {
        "source": found,
        "batches": files,
        "closed": closed,
        "form": form,
        "may": may,
        "known_by": known_by(found.key_columns),
    }


def _owned(request: HttpRequest) -> Owned:
    """Says whether a list of this place and body would be the account's to manage."""
    me = account(request)
    return lambda unit, body: accounts.may(me, Permission.MANAGE_SOURCES, unit, body)
