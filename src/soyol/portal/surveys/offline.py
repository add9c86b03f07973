"""A survey without a network: the page that offers to take it along, and what a device keeps of it."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from soyol.accounts.doors import door
from soyol.portal.surveys.finding import found_carried, found_version
from soyol.portal.surveys.parcels import device_address, form_text, parcel
from soyol.portal.surveys.words import language
from soyol.surveys.models import FormVersion
from soyol.surveys.rules.carrying import unable
from soyol.ui.respond import page

#: Tells a device of which edition a page is, so that it keeps no two editions beside each other.
EDITION = "X-Soyol-Edition"


@door(public=True)
@require_safe
def offline(request: HttpRequest, code: str) -> HttpResponse:
    """What would be on the device, how much, and how it is kept; the button takes it along."""
    version = found_version(code)
    reasons = unable(version.compiled)
    context = {
        "version": version,
        "survey": version.survey,
        "reasons": reasons,
        "size": parcel(request, version).size,
        "worker": reverse("portal:survey_worker", kwargs={"code": code}),
        "device": device_address(version, language()),
    }
    return page(request, "portal/surveys/offline.html", context, status=200)


@door(public=True)
@require_safe
def device(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The page that a device keeps; it asks the whole form in the browser and holds nothing of anybody."""
    version = _taken_along(code)
    told = parcel(request, version)
    if language not in told.pages:
        raise Http404(_("There is no such language."))
    return HttpResponse(told.pages[language], headers={EDITION: told.edition, "Content-Language": language})


def _taken_along(code: str) -> FormVersion:
    version = found_version(code)
    if unable(version.compiled):
        raise Http404(_("This survey cannot be taken along."))
    return version


@door(public=True)
@require_safe
def form(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A version of the form as a device reads it; a version never changes."""
    version = found_carried(code).filter(pk=pk).first()
    if version is None:
        raise Http404(_("There is no version of this number."))
    return HttpResponse(form_text(version), "application/json", headers={"Cache-Control": "max-age=31536000"})


@door(public=True)
@require_safe
@never_cache
def worker(request: HttpRequest, code: str) -> HttpResponse:
    """The part that answers without a network. Its text names the edition, so that a browser sees when there is a new
    one; it reaches no address outside of its own folder."""
    told = parcel(request, _taken_along(code))
    parts: dict[str, Any] = {
        "edition": told.edition,
        "addresses": told.addresses,
        "first": told.addresses[0],
        "sync": reverse("portal:survey_sync", kwargs={"code": code}),
        "code": code,
    }
    text = f'import {{ serve }} from "{static("ui/js/survey/worker.js")}";\nserve({json.dumps(parts)});\n'
    return HttpResponse(text, "text/javascript")


@door(public=True)
@require_safe
def manifest(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """What a telephone shows among its programs."""
    version = found_version(code)
    if language not in dict(settings.LANGUAGES):
        raise Http404(_("There is no such language."))
    with translation.override(language):
        name = version.survey.titles.best()
        told = {
            "id": reverse("portal:survey_offline", kwargs={"code": code}),
            "name": name,
            "short_name": name[:30],
            "lang": language,
            "start_url": device_address(version, language),
            "scope": reverse("portal:survey_offline", kwargs={"code": code}),
            "display": "standalone",
            "background_color": "#fbfaf7",
            "theme_color": "#1f5fa8",
            "icons": _icons(),
        }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icons() -> list[dict[str, str]]:
    drawn = {"src": static("ui/img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    sizes = [(size, static(f"ui/img/icon-{size}.png")) for size in (192, 512)]
    pictures = [
        {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, address in sizes
        for purpose in ("any", "maskable")
    ]
    return [drawn, *pictures]
