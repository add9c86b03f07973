"""Who looked at what one holds: as a page, and as data in the shape of Estonia's data tracker."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from soyol.accounts.doors import door
from soyol.portal.mine.acting import found_held, page
from soyol.rights.queries import Look, looks

#: Looks that one answer of the data holds at most; the rest is on further pages.
AT_ONCE = 500


@door(signed_in=True)
def looked(request: HttpRequest, number: str) -> HttpResponse:
    """The looks, newest first."""
    held = found_held(request, number)
    told = looks(held.actor, page=_page(request))
    return page(request, "portal/mine/looks.html", held=held, told=told)


@door(signed_in=True)
@never_cache
def as_data(request: HttpRequest, number: str) -> JsonResponse:
    """The same as ``findUsage`` of the data tracker answers: time, action and receiver of each use, newest first."""
    held = found_held(request, number)
    told = looks(held.actor, page=_page(request), per_page=AT_ONCE)
    usages = [_usage(each) for each in told.looks]
    period = {"from": usages[-1]["logtime"], "to": usages[0]["logtime"]} if usages else None
    return JsonResponse(
        {"usagePeriod": period, "count": told.count, "page": told.page, "pages": told.pages, "usages": usages},
        json_dumps_params={"ensure_ascii": False},
    )


def _usage(look: Look) -> dict[str, object]:
    return {
        "logtime": look.logtime.isoformat(),
        "action": look.action,
        "receiverCode": str(look.number),
        "receiverSystem": "soyol",
        "receiverName": look.receiver,
        "fields": list(look.fields),
        "purpose": look.purpose,
    }


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and asked.isascii() and len(asked) < 7 else 1
