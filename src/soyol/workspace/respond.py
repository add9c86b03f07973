"""Answering on the desk: a page that also knows what the account may do, for what it offers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from soyol.ui import respond
from soyol.workspace.acting import held


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    parts: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Like ``soyol.ui.respond.page``; templates ask ``{% if "import_files" in may %}``."""
    return respond.page(request, template, {"may": held(request), **(context or {})}, parts=parts, status=status)
