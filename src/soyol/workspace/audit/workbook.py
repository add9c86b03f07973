"""The audit as it is narrowed, as a workbook in words."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit.models import Entry
from soyol.ui.templatetags.soyol_formats import NO_BREAK, moment, number
from soyol.workspace.asking import narrowing
from soyol.workspace.audit.forms import AuditForm
from soyol.workspace.audit.shown import shown
from soyol.workspace.workbooks import taken

#: The newest so many; more would keep the reader waiting, and whoever needs them narrows by day.
MOST = 20_000
#: Entries that are put into words at a time.
PART = 500


@door(permission=Permission.SEE_AUDIT)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """What the page shows on all its pages."""
    query = narrowing(request)
    form = AuditForm(query)
    if not form.is_valid():
        return redirect(f"{reverse('desk:audit')}?{query.urlencode()}")
    entries = Entry.objects.filter(form.condition()).order_by("-pk")
    told = {name: str(value) for name, value in form.cleaned_data.items() if value}
    return taken(
        request,
        "audit",
        _rows(entries),
        sheet=_("Who did what"),
        action="audit.list.export",
        personal=True,
        told=told,
        about=_about(entries),
    )


def _rows(entries: QuerySet[Entry]) -> Iterator[list[str | int]]:
    yield [
        _("Number"),
        _("When"),
        _("Who"),
        _("On behalf of"),
        _("Kind"),
        _("What was done"),
        _("Concerning"),
        _("Details"),
    ]
    numbers = list(entries.values_list("pk", flat=True)[:MOST])
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        found = Entry.objects.in_bulk(part)
        for one in shown([found[pk] for pk in part], frozenset()):
            entry, details = one.entry, "; ".join(f"{name}: {said}" for name, said in one.details)
            yield [
                entry.pk, moment(entry.at).replace(NO_BREAK, " "), one.who, entry.on_behalf, entry.get_kind_display(),
                one.action, one.target.name, details,
            ]  # fmt: skip


def _about(entries: QuerySet[Entry]) -> list[list[str]]:
    """A second sheet says when there were more, and how to have them."""
    count = entries.count()
    if count <= MOST:
        return []
    words = _("The newest %(most)s of %(count)s entries. Choose a day or an action to have the others.")
    return [[words % {"most": number(MOST), "count": number(count)}]]
