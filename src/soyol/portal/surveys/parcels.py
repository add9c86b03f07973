"""What a device takes along of a survey: its pages in every language, the form, and the files that these are made of.

Together they are one edition. Whatever changes in one of them makes another edition, so that a device never mixes two.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from soyol.portal.surveys.words import WRONG
from soyol.surveys.choices import How
from soyol.surveys.models import FormVersion
from soyol.surveys.rules.carrying import carried
from soyol.ui.templatetags.soyol_formats import day

SHEET = "ui/soyol.css"
MODULES = "ui/js/survey"
IMAGES = ("ui/img/icon.svg", "ui/img/hammer.svg")
_IMPORT = re.compile(r'@import url\("([^"]+)"\)')


@dataclass(frozen=True)
class Parcel:
    """One edition: pages by language, the form as text, addresses of all that a device keeps, and bytes in all."""

    edition: str
    pages: dict[str, str]
    form: str
    addresses: list[str]
    size: int


def parcel(request: HttpRequest, version: FormVersion) -> Parcel:
    """What a device takes along now. Renders the pages: some ten milliseconds."""
    pages = {code: _page(request, version, code) for code, _name in settings.LANGUAGES}
    form = form_text(version)
    files = files_kept()
    mine = [device_address(version, code) for code in pages]
    addresses = [*mine, form_address(version), *(address for address, _size in files)]
    told = "\n".join([*addresses, *pages.values(), form])
    size = sum(len(each.encode()) for each in [*pages.values(), form]) + sum(size for _address, size in files)
    return Parcel(hashlib.sha256(told.encode()).hexdigest()[:16], pages, form, addresses, size)


def _page(request: HttpRequest, version: FormVersion, code: str) -> str:
    """The page of the device, which holds nothing of whoever asked for it."""
    context: dict[str, Any] = {
        "survey": version.survey,
        "version": version,
        "form_address": form_address(version),
        "device_pages": [(each, name, device_address(version, each)) for each, name in settings.LANGUAGES],
        "zone": timezone.get_default_timezone_name(),
        "code": code,
        "how": How.choices,
    }
    with translation.override(code):
        context["pattern"] = day(date(3333, 11, 22))  # into which the device puts other days
        context["wrong"] = [(name, gettext(words)) for name, words in WRONG.items()]
        return render_to_string("portal/surveys/device.html", context, request)


def form_text(version: FormVersion) -> str:
    """The form as a device reads it."""
    return json.dumps(carried(version.compiled), ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    return dict(value)


def form_address(version: FormVersion) -> str:
    """Where a device gets this very version."""
    return reverse("portal:survey_form", kwargs={"code": version.survey.code, "pk": version.pk})


def device_address(version: FormVersion, language: str) -> str:
    """The page of the device in a language."""
    return reverse("portal:survey_device", kwargs={"code": version.survey.code, "language": language})


@cache
def files_kept() -> list[tuple[str, int]]:
    """Addresses and sizes of style sheets, modules and images; whoever changes one begins the process anew."""
    return [(static(name), size) for name, size in _files()]


def _files() -> Iterator[tuple[str, int]]:
    sheet = _found(SHEET)
    names = [SHEET, *(f"ui/{name}" for name in _IMPORT.findall(sheet.read_text(encoding="utf-8")))]
    modules = sorted(path.name for path in _found(f"{MODULES}/device.js").parent.glob("*.js"))
    for name in [*names, *(f"{MODULES}/{module}" for module in modules), *IMAGES]:
        yield name, _found(name).stat().st_size


def _found(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"the file {name}, which a device takes along, is not among the static files")
    return Path(found)
