"""One's own words and photograph: written without an officer, looked at as everybody sees them, taken back, removed."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.audit import queries as audit
from soyol.audit.models import Entry
from soyol.claims.queries import Held
from soyol.fields.versions import Stale
from soyol.files import plain
from soyol.files.vault import NoRoom
from soyol.intake.pictures import MOST_BYTES, Picture
from soyol.portal.mine.acting import account, found_held, page
from soyol.portal.mine.profile_forms import PhotoForm, ProfileForm
from soyol.profiles import actions
from soyol.profiles.models import Profile
from soyol.profiles.queries import codes, earlier_of, profile_of, said
from soyol.profiles.rules import Refused, tidy_contacts, tidy_links, tidy_words


@door(signed_in=True)
def profile(request: HttpRequest, number: str) -> HttpResponse:
    """What one says of oneself; “look first” shows it as everybody would see it, and saves nothing."""
    held = found_held(request, number)
    standing = profile_of(held.actor)
    if request.method != "POST":
        return _page(request, held, standing, ProfileForm(profile=standing))
    form = ProfileForm(request.POST, profile=standing)
    if not form.is_valid():
        return _page(request, held, standing, form, status=422)
    me = account(request)
    try:
        if "look" in request.POST:
            return _page(request, held, standing, form, look=_unsaved(form), is_looked_at=True)
        actions.write(by=me.by, user=me, held=held, version=form.cleaned_data["version"], **form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, held, standing, form, status=422)
    except Stale:
        return _saved_meanwhile(request, held, form)
    messages.success(request, _("Saved."))
    return redirect("portal:profile", number=held.actor.number)


@door(signed_in=True)
@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Go back to what one wrote before."""
    held, me = found_held(request, number), account(request)
    told = [request.POST.get(name, "") for name in ("earlier", "version")]
    earlier, version = (int(each) if each.isascii() and each.isdecimal() and len(each) < 10 else 0 for each in told)
    try:
        actions.take_back(by=me.by, user=me, held=held, version=version, earlier=earlier)
    except Refused as refused:
        messages.error(request, str(refused))
    except Stale:
        messages.error(request, _("Somebody saved this meanwhile. Look at it first; nothing was changed."))
    else:
        messages.success(request, _("It stands there again as before."))
    return redirect("portal:profile", number=held.actor.number)


@door(signed_in=True)
def photo(request: HttpRequest, number: str) -> HttpResponse:
    """The photograph: put one up, put another one in its place, say otherwise what it shows."""
    held = found_held(request, number)
    standing = profile_of(held.actor)
    there = standing.picture if standing else None
    if request.method != "POST":
        return _photo_page(request, held, PhotoForm(photo=there))
    form = PhotoForm(request.POST, request.FILES, photo=there)
    if not form.is_valid():
        return _photo_page(request, held, form, status=422)
    me = account(request)
    told = {"by": me.by, "user": me, "held": held, "version": form.cleaned_data["version"], **form.described()}
    try:
        if form.cleaned_data["picture"]:
            made = _read(form.cleaned_data["picture"])
            actions.put_photo(made=made, may_publish=form.cleaned_data["may_publish"], **told)
        else:
            actions.describe_photo(**told)
    except Refused as refused:
        form.add_error("picture" if refused.code.startswith("picture_") else None, str(refused))
        return _photo_page(request, held, form, status=422)
    except NoRoom:
        form.add_error(None, _("There is no room for files here at the moment. Try again later."))
        return _photo_page(request, held, form, status=507)
    except Stale:
        return _pictured_meanwhile(request, held, form)
    messages.success(request, _("Saved."))
    return redirect("portal:photo", number=held.actor.number)


@door(signed_in=True)
@require_POST
def remove_photo(request: HttpRequest, number: str) -> HttpResponse:
    """Take the photograph away for good."""
    held, me = found_held(request, number), account(request)
    told = request.POST.get("version", "")
    version = int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
    try:
        actions.remove_photo(by=me.by, user=me, held=held, version=version)
    except Refused as refused:
        messages.error(request, str(refused))
    except Stale:
        messages.error(request, _("Somebody saved this meanwhile. Look at it first; nothing was changed."))
    else:
        messages.success(request, _("The picture is gone."))
    return redirect("portal:photo", number=held.actor.number)


def _read(uploaded: "UploadedFile[Any]") -> list[Picture]:
    """The picture in our sizes. Its bytes lie on disk without a name, and only so long as it is read."""
    if (uploaded.size or 0) > MOST_BYTES:
        raise Refused("picture_too_heavy", size=-(-(uploaded.size or 0) // 2**20), most=MOST_BYTES // 2**20)
    with plain.written(uploaded.chunks()) as path:
        return actions.read_picture(Path(path))


def _unsaved(form: ProfileForm) -> Profile:
    """The profile that saving would make."""
    told = form.said()
    words, links = tidy_words(told["words"], codes()), tidy_links(told["links"])
    return Profile(words=words, links=links, contacts=tidy_contacts(told["contacts"]))


def _page(
    request: HttpRequest, held: Held, standing: Profile | None, form: ProfileForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    look = more.pop("look", standing)
    shown = said(look)
    return page(
        request, "portal/mine/profile.html", form=form, held=held, profile=standing, look=shown,
        earlier=earlier_of(standing) if standing else [], status=status, **more,
    )  # fmt: skip


def _photo_page(request: HttpRequest, held: Held, form: PhotoForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return page(request, "portal/mine/photo.html", form=form, held=held, photo=form.photo, status=status, **more)


def _saved_meanwhile(request: HttpRequest, held: Held, form: ProfileForm) -> HttpResponse:
    """The form once more with both people's changes, and what is different."""
    now = profile_of(held.actor)
    values = ProfileForm.of(now)
    again = ProfileForm(profile=now, initial=form.together(values))
    return _page(request, held, now, again, status=409, meanwhile=form.meanwhile(_last(held), values))


def _pictured_meanwhile(request: HttpRequest, held: Held, form: PhotoForm) -> HttpResponse:
    now = profile_of(held.actor)
    there = now.picture if now else None
    values = PhotoForm.of(there)
    again = PhotoForm(photo=there, initial=form.together(values))
    return _photo_page(request, held, again, status=409, meanwhile=form.meanwhile(_last(held), values))


def _last(held: Held) -> Entry | None:
    """Who wrote last, as the audit tells it."""
    return audit.about(f"registry.Actor:{held.actor.number}").filter(action__startswith="profiles.").first()
