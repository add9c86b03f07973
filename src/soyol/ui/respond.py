"""Answering a page request: the whole page, or the named part of the same template that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    parts: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render ``template``; if htmx aims at the element of one of ``parts``, only that partial of it.

    An element's id and its partial carry the same name, so that nobody has to keep a second list.
    """
    aim = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") == "true" else ""
    name = f"{template}#{aim}" if aim in parts else template
    response = render(request, name, dict(context or {}), status=status)
    if parts:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def picture(content: bytes, *, public: bool) -> HttpResponse:
    """A JPEG; ``public``: everybody may see it now, so it may be kept for a minute, and no longer than that.

    Whoever is shown one that is not public keeps nothing. It runs nothing and frames nothing, whatever is in it.
    """
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=60, immutable" if public else "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
