"""Old numbers: whoever stands on a page of an entry that became one with another is led on to where it is found now."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.registry import queries
from soyol.workspace.acting import registry_scope

View = TypeVar("View", bound=Callable[..., HttpResponse])


def leads_on(view: View) -> View:
    """A page of an old number leads to the same page of the new one, what was sent there to the new entry, undone.

    Only where the reader may see the entry that it leads to; to others there is nothing under either number.
    """

    @wraps(view)
    def led(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, number, **kwargs)
        except Http404:
            moved = queries.redirect_of(number)
            scope = registry_scope(request, Permission.SEE_REGISTRY)
            if not moved or moved not in queries.visible_numbers({moved}, scope=scope):
                raise
            match = request.resolver_match
            if request.method == "POST" or match is None:
                messages.warning(
                    request, _("This entry became one with another meanwhile. Nothing of yours was saved.")
                )
                return redirect("desk:actor", number=moved)
            there: HttpResponse = redirect(match.view_name, number=moved, **kwargs)
            return there

    return led  # type: ignore[return-value] # the same view, led on
