"""How files and programs are answered: by whoever asks, from any site, without anything kept on the way."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit  # its public face counts no GET, and these are nothing else
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from soyol.portal.opendata.describing import LICENCE, File
from soyol.portal.opendata.writing import as_json

#: What is counted by address: questions of programs, and whole files, which are dear.
QUESTION, FILE = "open_question", "open_file"
#: Seconds after which somebody who asked too often may ask again.
WAIT = {QUESTION: 60, FILE: 3600}
View = Callable[..., HttpResponseBase]


def for_everybody(action: str) -> Callable[[View], View]:
    """Let a GET be read by pages of any site, and not more often than ``action`` may be done from one address."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *told: Any, **named: Any) -> HttpResponseBase:
            free = ratelimit.consume(request, app="allauth.account", action=action, limit_get=True)
            answer = view(request, *told, **named) if free else _too_often(action)
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Cache-Control"] = "no-cache"
            answer["Link"] = f'<{LICENCE["path"]}>; rel="license"'
            return answer

        return require_safe(answered)

    return wrap


def json_answer(told: Any, status: int = 200) -> HttpResponse:
    """An answer for programs."""
    return HttpResponse(as_json(told), "application/json", status=status)


def refused(words: str, status: int) -> HttpResponse:
    """Why there is no answer."""
    return json_answer({"error": words}, status)


def streamed(request: HttpRequest, file: File, parts: Callable[[], Iterator[bytes]]) -> HttpResponseBase:
    """A file that is made while it is sent; whoever asks for its head only has nothing made."""
    made = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(parts())
    made["Content-Type"] = file.mediatype
    made["Content-Disposition"] = f'attachment; filename="soyol-{file.name.split("-")[0]}.{file.format}"'
    return made


def _too_often(action: str) -> HttpResponse:
    answer = refused(_("Too many questions came from this address. Wait a little, or take the whole file once."), 429)
    answer["Retry-After"] = str(WAIT[action])
    return answer
