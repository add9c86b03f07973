"""Files of surveys: the form as it came and for KoboToolbox, answers out, answers in."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.files import queries as stored
from soyol.sources.queries.workroom import workroom
from soyol.surveys import actions, queries
from soyol.surveys.models import Survey
from soyol.surveys.queries.plans import Plan
from soyol.surveys.queries.writing import write_answers, write_form
from soyol.surveys.rules import Refused
from soyol.workspace.acting import by
from soyol.workspace.respond import page
from soyol.workspace.surveys.find import found_survey, found_version, visible_submissions
from soyol.workspace.surveys.forms import AnswersForm
from soyol.workspace.workbooks import XLSX

#: Remarks that the page of a dry run shows one by one.
SHOWN = 200


@door(permission=Permission.SEE_SOURCES)
def as_uploaded(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The workbook of a version, byte for byte."""
    version = found_version(found_survey(request, code), pk)
    with stored.open_plain(version.file) as stream:
        return _file(stream.read(), version.file.name)


@door(permission=Permission.SEE_SOURCES)
def for_kobo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The form as KoboToolbox and ODK take it."""
    found = found_survey(request, code)
    version = found_version(found, pk)
    with workroom() as room:
        path = room / "form.xlsx"
        write_form(version, path)
        return _file(path.read_bytes(), f"{found.code}-{version.version}.xlsx")


@door(permission=Permission.EXPORT_REGISTRY)
@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The answers of the reader's area as a workbook; one look at everybody in it, written down before it goes out."""
    found = found_survey(request, code)
    version = found.versions.order_by("-pk").first()
    if version is None:
        raise Http404(_("There is no version of this number."))
    mine = visible_submissions(request, Permission.EXPORT_REGISTRY).filter(survey=found, is_current=True)
    told = list(mine.select_related("version", "survey").defer("version__form").order_by("pk"))
    with workroom() as room:
        path = room / f"{found.code}-{timezone.localdate().isoformat()}.xlsx"
        rows = write_answers(path, version.compiled, told)
        content = path.read_bytes()
    with transaction.atomic():
        audit.record(by(request), "surveys.list.export", f"surveys.Survey:{found.code}", {"rows": rows})
        audit.looked(by(request), f"surveys.Survey:{found.code}", ["answers"], "surveys.list.export")
    return _file(content, path.name)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer


@door(permission=Permission.IMPORT_FILES, large_files=True)
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """A file of answers: kept, looked through, and shown as what it would do."""
    found = found_survey(request, code, Permission.IMPORT_FILES)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswersForm(*sent, versions=queries.versions(found))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = _received(request, found, form.cleaned_data["version"].pk, file)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("desk:survey_dry_run", code=found.code, pk=kept)
    context = {"survey": found, "form": form}
    return page(request, "workspace/surveys/import.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, found: Survey, version: int, file: Any) -> int:
    with workroom() as room:
        path = room / "answers"
        with path.open("wb") as stream:
            stream.writelines(file.chunks())
        by_ = by(request)
        kept, _plan = actions.receive_answers(
            by=by_, survey=found, version=found_version(found, version), path=path, name=Path(file.name).name
        )
    return kept.pk


@door(permission=Permission.IMPORT_FILES)
def dry_run(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What taking the file in would do; the button does it."""
    found = found_survey(request, code, Permission.IMPORT_FILES)
    kept = found.files.select_related("file", "version", "survey__source").filter(pk=pk).first()
    if kept is None:
        raise Http404(_("There is no file with this number in your area."))
    if request.method == "POST":
        counts = actions.import_answers(by=by(request), answer_file=kept).counts
        messages.success(request, _("%(new)s new, %(changed)s changed, %(known)s known already.") % counts)
        return redirect("desk:survey", code=found.code)
    plan: Plan = actions.look_through(kept)
    heavy = [remark for remark in plan.remarks if not remark.is_light]
    context = {
        "survey": found,
        "kept": kept,
        "plan": plan,
        "coming": len(plan.new) + len(plan.changed),
        "heavy": heavy[:SHOWN],
        "light": [remark for remark in plan.remarks if remark.is_light][:SHOWN],
        "more": max(0, len(plan.remarks) - SHOWN),
    }
    return page(request, "workspace/surveys/dry_run.html", context)
