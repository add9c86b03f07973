"""Where readers of the public pages can write to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shown(request: HttpRequest) -> dict[str, Any]:
    """For templates: the address of those who run the site; "" where they have told none."""
    del request
    return {"contact": settings.SOYOL_CONTACT}
