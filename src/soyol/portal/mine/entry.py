"""The page of what one holds: what is held, from whom, since when, and what of it others see."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from soyol.accounts.doors import door
from soyol.audit import By
from soyol.certificates.queries import certificates_of
from soyol.portal.mine.acting import account, found_held, language, page
from soyol.portal.mine.certificates import BY_THEMSELVES
from soyol.portal.registry.labels import facet_labels
from soyol.registry.actions import choose_consent, write_first_texts
from soyol.registry.choices import Channel, Purpose
from soyol.registry.queries.consents import choices_of, current_texts, switches
from soyol.registry.queries.labels import value_labels
from soyol.registry.queries.numbers import leading_to
from soyol.registry.queries.own import own_page
from soyol.registry.queries.pages import Fact
from soyol.registry.rules import Refused
from soyol.rights.queries import looks

#: Earlier choices that the page shows.
CHOICES_SHOWN = 20
#: The newest looks, which stand on the page itself.
LOOKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact, and whether everybody can see it."""

    fact: Fact
    is_open: bool


@door(signed_in=True)
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one entry that its holder may know, and what they can do about it."""
    held = found_held(request, number)
    write_first_texts(by=By.system("registry texts"))
    shown = own_page(held.actor, proved_at=held.hold.begun_at)
    facts = [
        OwnFact(fact, any(value.statement in shown.open_statements for value in fact.values)) for fact in shown.facts
    ]
    return page(
        request,
        "portal/mine/entry.html",
        held=held,
        shown=shown,
        facts=facts,
        switches=switches(held.actor, is_public=shown.is_public),
        choices=choices_of(held.actor)[:CHOICES_SHOWN],
        certificates=certificates_of(held.actor),
        may_certify=held.hold.capacity in BY_THEMSELVES,
        looked=looks(held.actor, per_page=LOOKS_SHOWN),
        former=[number for pk, number in sorted(leading_to(held.actor).items()) if pk != held.actor.pk],
        labels=facet_labels(),
        codes=value_labels(),
    )


@door(signed_in=True)
@require_POST
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Turn one switch. It holds when this is answered: on the page, in searches and in files."""
    held = found_held(request, number)
    purpose, given = request.POST.get("purpose", ""), request.POST.get("given", "")
    if purpose not in Purpose.values or given not in {"yes", "no"}:
        raise Http404
    back = redirect("portal:mine_entry", number=held.actor.number)
    if request.POST.get("text", "") != str(current_texts()[purpose].pk):
        messages.error(request, _("The words have changed since you read them. Read them again, then choose."))
        return back
    me = account(request)
    try:
        choose_consent(
            by=me.by, actor=held.actor, purpose=purpose, given=given == "yes", language=language(),
            channel=Channel.OWN, user_id=me.pk,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Done. It holds from this moment, everywhere."))
    return back
