"""The gallery: every component in its states, for those who build pages."""

from django.http import HttpRequest, HttpResponse

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.workspace.gallery.samples import content
from soyol.workspace.respond import page


@door(permission=Permission.SEE_DESK)
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page, for staff."""
    return page(request, "workspace/gallery/gallery.html", content())
