"""What people say of themselves, as staff see it: hidden where it breaks the law, and shown again."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import actions as audit
from soyol.files.queries import plain_pieces
from soyol.profiles import actions
from soyol.profiles.queries import profile_of
from soyol.profiles.rules import SIZES, Refused
from soyol.ui.respond import picture
from soyol.workspace import looks
from soyol.workspace.acting import by
from soyol.workspace.registry.actor import found_entry, show_entry
from soyol.workspace.registry.forms import HideForm


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def hide(request: HttpRequest, number: str) -> HttpResponse:
    """Hide it from everybody; whoever wrote it is told why."""
    actor = found_entry(request, number, Permission.EDIT_REGISTRY)
    form = HideForm(request.POST)
    if form.is_valid():
        try:
            actions.hide(by=by(request), actor=actor, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is hidden, and whoever wrote it gets a letter with the reason."))
            return redirect("desk:actor", number=actor.number)
    return show_entry(request, actor.number, hide_form=form)


@door(permission=Permission.EDIT_REGISTRY)
@require_POST
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Let everybody see it again."""
    actor = found_entry(request, number, Permission.EDIT_REGISTRY)
    try:
        actions.show_again(by=by(request), actor=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is shown again, and whoever wrote it gets a letter."))
    return redirect("desk:actor", number=actor.number)


@door(permission=Permission.SEE_PERSONAL)
def photo(request: HttpRequest, number: str, size: str, digest: str) -> HttpResponse:
    """The photograph, public or not; the look is written down before it goes out."""
    actor = found_entry(request, number, Permission.SEE_PERSONAL)
    profile = profile_of(actor)
    found = profile.picture if profile else None
    if found is None or found.digest != digest or size not in SIZES:
        raise Http404(_("There is no entry with this number in your area."))
    with transaction.atomic():
        audit.looked(by(request), f"registry.Actor:{actor.number}", ["photo"], looks.PHOTO)
    return picture(b"".join(plain_pieces(getattr(found, size))), public=False)
