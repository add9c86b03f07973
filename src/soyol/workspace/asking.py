"""What several forms of the desk ask for alike: names in the site's languages, a place or the country, a narrowing."""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from soyol.places.models import Unit

#: What stands in an empty field for a day: an example that says that it is one.
DAY_EXAMPLE = gettext_lazy("e.g. 2026.11.22")


def name_fields() -> dict[str, forms.Field]:
    """Fields ``name_<language>``, in the order of the site's languages."""
    spoken = Locale(get_language() or settings.LANGUAGE_CODE)
    return {
        f"name_{code}": forms.CharField(
            label=_("Name (%(language)s)") % {"language": spoken.languages.get(code, code)},
            max_length=200,
            required=code == settings.LANGUAGE_CODE,
        )
        for code in dict(settings.LANGUAGES)
    }


def names_told(given: Mapping[str, Any]) -> dict[str, str]:
    """The names out of cleaned data, by language, without those left empty."""
    names = {code: given.get(f"name_{code}") for code in dict(settings.LANGUAGES)}
    return {code: name for code, name in names.items() if name}


def names_to_ask(names: Mapping[str, str]) -> dict[str, str]:
    """The values of the fields for names that are there."""
    return {f"name_{code}": names.get(code, "") for code in dict(settings.LANGUAGES)}


def narrowing(request: HttpRequest) -> QueryDict:
    """What the list that a form was sent from is narrowed to; zero bytes, which no database keeps, are left out."""
    told = QueryDict(request.POST.get("query", ""), mutable=True)
    for name, values in list(told.lists()):
        told.setlist(name, [without_zero_bytes(value) for value in values])
    return told


def without_zero_bytes(text: str) -> str:
    """What is left of a text that nobody typed by hand."""
    return text.replace("\0", "")


def offer_places(form: forms.Form) -> None:
    """Let the field ``unit`` offer the places of the first level, or the whole country."""
    unit = form.fields["unit"]
    if isinstance(unit, forms.ModelChoiceField):
        unit.queryset = Unit.objects.filter(level=1).order_by("sort_key")
        unit.empty_label = str(_("the whole country"))
