"""One entry as it stood at the end of a day."""

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.registry import queries
from soyol.registry.models import Actor
from soyol.registry.queries.labels import value_labels
from soyol.workspace import looking, looks
from soyol.workspace.acting import by, registry_scope
from soyol.workspace.registry.forms import DayForm
from soyol.workspace.registry.labels import facet_labels
from soyol.workspace.respond import page


@door(permission=Permission.SEE_REGISTRY)
def as_of(request: HttpRequest, number: str) -> HttpResponse:
    """What was known of an entry that day; the look is written down before it is answered."""
    if registry_scope(request, Permission.SEE_PERSONAL).is_nothing:
        return redirect("portal:actor", number=number)
    form = DayForm(request.GET)
    day = (form.cleaned_data["day"] if form.is_valid() else None) or timezone.localdate()
    context = {
        "shown": _looked(request, number, day),
        "form": form,
        "labels": facet_labels(),
        "codes": value_labels(),
    }
    return page(request, "workspace/registry/as_of.html", context, status=422 if form.errors else 200)


def _looked(request: HttpRequest, number: str, day: date) -> queries.Stood:
    try:
        shown = queries.stood(number, day, scope=registry_scope(request, Permission.SEE_PERSONAL))
    except Actor.DoesNotExist:
        raise Http404(_("There is no entry with this number in your area.")) from None
    with transaction.atomic():
        seen = {fact.field for fact in shown.facts}
        audit.looked(by(request), f"registry.Actor:{shown.number}", seen, looks.as_of(day))
        looking.beside(request, {link.number for link in shown.memberships} - {shown.number}, looks.BESIDE)
    return shown
