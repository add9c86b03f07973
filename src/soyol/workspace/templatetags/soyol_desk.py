"""Tags of the desk: its menu, and what the account may do."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext

from soyol.accounts import queries
from soyol.workspace.audit.labels import doer_words
from soyol.workspace.navigation import PLACES

register = template.Library()


@register.inclusion_tag("workspace/nav.html", takes_context=True)
def desk_nav(context: template.Context) -> dict[str, Any]:
    """The menu of the desk: what this account may open, the present place marked."""
    request = context["request"]
    held = queries.permissions(request.user)
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "entries": [
            {"href": place.href, "label": gettext(place.words), "here": here in place.views}
            for place in PLACES
            if place.permission in held
        ],
    }


@register.filter
def doer(name: str) -> str:
    """Who did something, as the audit says it."""
    return doer_words(name)


@register.filter
def listed(value: Any) -> str:
    """A value of a record as a reader sees it: several with commas between, none as a dash."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(str(part) for part in value)
    return str(value)
