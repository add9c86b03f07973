"""Lists of the desk as workbooks, answered at once: short lists that need no long work."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from soyol.audit import actions as audit
from soyol.registry.actions.exports import write_workbook
from soyol.sources.queries.workroom import workroom
from soyol.workspace.acting import by

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken(
    request: HttpRequest,
    name: str,
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str,
    action: str,
    personal: bool,
    told: dict[str, Any] | None = None,
    about: Iterable[Sequence[Any]] = (),
) -> HttpResponse:
    """``rows`` (the first is the heading) as a file to keep; written down before it goes out.

    ``sheet`` is what the sheet is called. ``personal``: the workbook is one look at everybody in it. ``told`` is what
    the audit also says of it, ``about`` the lines of a second sheet.
    """
    with workroom() as room:
        path = room / f"{name}-{timezone.localdate().isoformat()}.xlsx"
        count = write_workbook(path, rows, name=sheet, about=about)
        content = path.read_bytes()
    with transaction.atomic():
        audit.record(by(request), action, name, {"rows": count, **(told or {})})
        if personal:
            audit.looked(by(request), name, ["list"], action)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, path.name)
    answer["Cache-Control"] = "no-store"
    return answer
