"""Everything that leaves the house: looking how far it is, sending it again, keeping it from leaving."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.notices import actions, queries
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.notices.rules import Refused, parts_of
from soyol.workspace.acting import by
from soyol.workspace.outbox.forms import OutboxForm
from soyol.workspace.outbox.showing import looked, may_read, shown
from soyol.workspace.respond import page

PER_PAGE = 30


@door(permission=Permission.SEE_OUTBOX)
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first, narrowed by state, way and purpose; addresses are masked."""
    form = OutboxForm(request.GET)
    form.is_valid()
    found = Message.objects.filter(form.condition()).defer("subject", "body").order_by("-pk")
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = list(pages)
    looked(request, told, "address")
    context = {
        "form": form,
        "pages": pages,
        "shown": shown(request, told),
        "narrowed": any(form.cleaned_data.values()),
        "stays": [channel.label for channel in Channel if not queries.leaves(channel)],
    }
    return page(request, "workspace/outbox/outbox.html", context, status=422 if form.errors else 200)


@door(permission=Permission.SEE_OUTBOX)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: how far it is and why; its text where the reader may see it."""
    found = _found(pk)
    readable = found.body is not None and may_read(request, found)
    looked(request, [found], "address", *(("subject", "text") if readable else ()))
    (one,) = shown(request, [found])
    leaves = queries.leaves(Channel(found.channel))
    context = {
        "one": one,
        "readable": readable,
        "parts": parts_of(found.body or "") if found.channel == Channel.SMS else 0,
        "may_go_again": leaves and found.may_go_again,
        "may_be_dropped": found.may_be_dropped and (leaves or found.state != MessageState.KEPT),
    }
    return page(request, "workspace/outbox/message.html", context)


@door(permission=Permission.SEE_OUTBOX)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a message from going out."""
    found = _found(pk)
    return _done(request, found, lambda: actions.drop(by=by(request), message=found), _("It does not go out."))


@door(permission=Permission.SEE_OUTBOX)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message once more."""
    found = _found(pk)
    return _done(request, found, lambda: actions.send_again(by=by(request), message=found), _("It goes out again."))


def _found(pk: int) -> Message:
    found = Message.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no message with this number."))
    return found


def _done(request: HttpRequest, found: Message, act: Callable[[], Message], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("desk:message", pk=found.pk)
