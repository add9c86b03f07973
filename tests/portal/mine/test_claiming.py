"""Finding and claiming through the pages: one answer whoever is in the registry, and documents that are documents."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from soyol.accounts.models import User
from soyol.claims import queries
from soyol.claims.actions import refuse
from soyol.claims.models import Attempt, Claim
from soyol.files.models import StoredFile
from soyol.notices.models import Message
from soyol.places.models import Unit
from soyol.ui.templatetags.soyol_formats import day as written
from tests.factories.accounts import user as an_officer
from tests.factories.claims import a_citizen
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
#: What differs from page to page by itself.
OWN = re.compile(r'/me/find/\d+/|%2Ffind%2F\d+|value="[^"]*"|\d\d:\d\d')


def _asked(client: Client, name: str, contact: str) -> str:
    answer = client.post(reverse("portal:mine_find"), {"name": name, "contact": contact}, follow=True)
    assert answer.status_code == 200
    return OWN.sub("", answer.content.decode())


def test_whoever_is_in_the_registry_and_whoever_is_not_get_one_answer(client_of: Signed) -> None:
    an_actor(a_record(a_source(trust=60), name="Dorj Bat", emails=["bat@example.org"]))
    client = client_of(a_citizen())
    there = _asked(client, "Dorj Bat", "bat@example.org")
    assert _asked(client, "Dorj Bat", "nobody@example.org") == there
    assert Message.objects.count() == 1


def test_a_code_out_of_the_message_opens_the_entry(client_of: Signed) -> None:
    actor = an_actor(a_record(a_source(trust=60), name="Dorj Bat", emails=["bat@example.org"]))
    user = a_citizen()
    client = client_of(user)
    _asked(client, "Dorj Bat", "bat@example.org")
    code = next(word for word in str(Message.objects.get().body).split() if word.isdecimal() and len(word) == 6)
    address = reverse("portal:mine_code", args=[Attempt.objects.get().pk])
    assert client.post(address, {"code": "wrong"}).status_code == 422
    answer = client.post(address, {"code": code})
    assert answer["Location"] == reverse("portal:mine_entry", args=[actor.number])
    assert [each.actor for each in queries.holds_of(user)] == [actor]


def test_nobody_enters_a_code_that_somebody_else_asked_for(client_of: Signed) -> None:
    _asked(client_of(a_citizen()), "Dorj Bat", "bat@example.org")
    address = reverse("portal:mine_code", args=[Attempt.objects.get().pk])
    assert client_of(a_citizen()).get(address).status_code == 404


def _claim(client: Client, **more: object) -> int:
    told = {"capacity": "self", "name": "Dorj Bat", "contact": "99112233", **more}
    return client.post(reverse("portal:mine_claim"), told).status_code


def test_a_claim_keeps_its_document_sealed_and_says_nothing_of_entries_that_are_not_public(client_of: Signed) -> None:
    hidden = an_actor(a_record(a_source(), name="Dorj Bat"))
    client = client_of(a_citizen())
    document = SimpleUploadedFile("passport.png", PNG)
    assert _claim(client, number=hidden.number, document=document) == 302
    made = Claim.rows().get()
    assert made.document is not None
    assert (made.actor, made.told["number"], made.document.personal) == (None, hidden.number, True)


def test_a_document_of_a_claim_that_was_not_taken_is_not_kept(client_of: Signed) -> None:
    client = client_of(a_citizen())
    answers = [_claim(client, document=SimpleUploadedFile("passport.png", PNG)) for _ in range(2)]
    kept = StoredFile.objects.filter(forgotten_at__isnull=True).count()
    assert (answers, StoredFile.objects.count(), kept) == ([302, 422], 2, 1)


def test_who_was_refused_reads_that_the_document_is_gone_and_claims_again(client_of: Signed) -> None:
    user = a_citizen()
    client = client_of(user)
    _claim(client, document=SimpleUploadedFile("passport.png", PNG))
    made = Claim.rows().get()
    refuse(by=user.by, officer=an_officer(), claim=made, reason="unreadable", version=made.version, seen="other")
    shown = client.get(reverse("portal:mine")).content.decode()
    with override("mn"):
        day = written(Claim.rows().select_related("document").get().document.forgotten_at)
    assert ("unreadable" in shown, day in shown, reverse("portal:mine_claim") in shown) == (True, True, True)
    assert _claim(client, document=SimpleUploadedFile("passport.png", PNG)) == 302
    assert [each.state for each in Claim.rows().order_by("made_at")] == ["refused", "open"]


def test_a_claim_to_a_public_entry_names_it_and_waits_where_it_is(client_of: Signed, here: Unit) -> None:
    shown = an_actor(a_record(a_source(), name="Dorj Bat", consent=True, unit=here.code))
    assert _claim(client_of(a_citizen()), number=shown.number) == 302
    assert (Claim.rows().get().actor, Claim.rows().get().unit) == (shown, here)


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + b"0" * 50, b"<html><script>", b""])
def test_what_is_no_document_is_refused_and_nothing_is_kept(content: bytes, client_of: Signed) -> None:
    document = SimpleUploadedFile("passport.pdf", content)
    assert _claim(client_of(a_citizen()), document=document) == 422
    assert not Claim.rows().exists()


def test_a_document_that_is_too_large_is_refused(client_of: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soyol.portal.mine.forms.DOCUMENT_BYTES", 50)
    large = BytesIO(PNG)
    large.name = "passport.png"
    assert _claim(client_of(a_citizen()), document=large) == 422


def test_whoever_speaks_for_another_is_asked_for_a_document(client_of: Signed) -> None:
    answer = client_of(a_citizen()).post(
        reverse("portal:mine_claim"), {"capacity": "heir", "name": "Dorj Bat", "contact": "99112233"}
    )
    assert (answer.status_code, "document" in answer.context["form"].errors) == (422, True)


def test_codes_are_limited_by_address_too(client_of: Signed, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "claim_code": "2/h/ip"}  # type: ignore[attr-defined]
    told = {"name": "Dorj Bat", "contact": "bat@example.org"}
    answers = [client_of(a_citizen()).post(reverse("portal:mine_find"), told).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
