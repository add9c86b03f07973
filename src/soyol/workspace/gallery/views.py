"""The gallery: every component in its states, for those who build pages."""

from django.http import HttpRequest, HttpResponse

from soyol.accounts.doors import door
from soyol.workspace.gallery.samples import content
from soyol.workspace.respond import page


@door(signed_in=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return page(request, "workspace/gallery/gallery.html", content())
