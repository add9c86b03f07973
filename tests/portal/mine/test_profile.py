"""One's own words and photograph, as pages."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from soyol.accounts.models import User
from soyol.intake.pictures import segments
from soyol.profiles import actions
from soyol.profiles.models import Photo
from soyol.profiles.queries import profile_of
from soyol.registry.actions import choose_consent, merge
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor
from soyol.registry.rules.numbers import make_number
from tests.factories import pictures
from tests.factories.claims import a_citizen, a_holder, a_representative
from tests.factories.profiles import CANARIES, CONTACT, FIRST, LINK, WORDS, photographed, wrote
from tests.factories.questions import two
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
SAID = {f"words_{FIRST}": "One.\n\nTwo.", "label_1": "Mine", "address_1": "https://example.org/"}
SCRIPT = "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ\u180e\u180b ᠪᠢᠴᠢᠭ"


@pytest.fixture
def actor() -> Actor:
    return an_actor(a_record(a_source(), name="Dorj Bat"))


@pytest.fixture
def holder(actor: Actor) -> User:
    return a_holder(actor)


def _consent(actor: Actor, *, given: bool) -> None:
    choose_consent(
        by=BY, actor=actor, purpose=Purpose.PROFILE, given=given, language="mn", channel=Channel.OWN, user_id=1
    )


def _page(actor: Actor, part: str = "profile") -> str:
    return f"/me/{actor.number}/{part}/"


def _sent(kind: str = "JPEG", content: bytes | None = None, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile("IMG_CANARY.jpg", content or pictures.told(kind))
    return {"version": "0", f"alt_{FIRST}": "A man", "may_publish": "on", "picture": file, **more}


def test_what_is_written_stands_last_on_the_public_page(actor: Actor, holder: User, client_of: Signed) -> None:
    client = client_of(holder)
    told = {"version": "0", **SAID, "contact_phone": "99112233", "contact_mail": "me@example.org", "public_mail": "on"}
    assert client.post(_page(actor), told).status_code == 302
    visitor = client_of(None)
    assert visitor.get(f"/directory/{actor.number}/").status_code == 404
    _consent(actor, given=True)
    shown = visitor.get(f"/directory/{actor.number}/").content.decode()
    assert '<a href="https://example.org/" rel="nofollow ugc noopener">Mine</a>' in shown
    assert shown.index("<p>One.</p><p>Two.</p>") > shown.index('id="yours"')
    assert ("me@example.org" in shown, "99112233" in shown) == (True, False)
    _consent(actor, given=False)
    assert visitor.get(f"/directory/{actor.number}/").status_code == 404


def test_traditional_script_is_kept_as_it_was_pasted_and_shown_in_columns(
    actor: Actor, holder: User, client_of: Signed, settings: object
) -> None:
    settings.SOYOL_PACK = "mn"  # type: ignore[attr-defined]
    client_of(holder).post(_page(actor), {"version": "0", "words_mn-Mong": SCRIPT})
    _consent(actor, given=True)
    shown = client_of(None).get(f"/directory/{actor.number}/").content.decode()
    assert re.search(r'class="own-words__columns mongol" lang="mn-Mong"[^>]*><p>' + SCRIPT + "</p>", shown)


def test_looking_first_shows_and_saves_nothing(actor: Actor, holder: User, client_of: Signed) -> None:
    looked = client_of(holder).post(_page(actor), {"version": "0", **SAID, "look": "1"})
    assert (looked.status_code, profile_of(actor)) == (200, None)
    assert "<p>One.</p><p>Two.</p>" in looked.content.decode()
    wrong = client_of(holder).post(
        _page(actor), {"version": "0", "label_1": "x", "address_1": "javascript:1", "look": "1"}
    )
    assert wrong.status_code == 422


def test_what_cannot_be_kept_is_said_in_words_and_stays_in_the_form(
    actor: Actor, holder: User, client_of: Signed
) -> None:
    told = {"version": "0", f"words_{FIRST}": "ө" * 2001, "label_1": "Mine", "address_1": "javascript:alert(1)"}
    answer = client_of(holder).post(_page(actor), told)
    assert (answer.status_code, profile_of(actor)) == (422, None)
    assert "2001" in answer.content.decode()


def test_markup_is_text(actor: Actor, holder: User, client_of: Signed) -> None:
    told = {
        "version": "0",
        f"words_{FIRST}": "<script>alert(1)</script>",
        "label_1": "<b>x",
        "address_1": "https://e.org",
    }
    client_of(holder).post(_page(actor), told)
    _consent(actor, given=True)
    shown = client_of(None).get(f"/directory/{actor.number}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert ("<script>alert" in shown, "<b>x" in shown) == (False, False)


def test_of_two_representatives_the_second_sees_the_difference_and_goes_on(client_of: Signed) -> None:
    studio = an_actor(a_record(a_source(), kind="organisation", name="Studio"))
    one, other = client_of(a_representative(studio)), client_of(a_representative(studio))
    forms = [client.get(_page(studio)).context["form"] for client in (one, other)]
    mine, theirs = ({"version": form["version"].value(), "seen": form["seen"].value() or "{}"} for form in forms)
    assert other.post(_page(studio), {**theirs, f"words_{FIRST}": "theirs"}).status_code == 302
    told = one.post(_page(studio), {**mine, f"words_{FIRST}": "mine", "contact_phone": "99112233"})
    assert told.status_code == 409
    differences = [(each.theirs, each.yours, each.both) for each in told.context["meanwhile"].differences]
    assert differences == [("theirs", "mine", True), ("", "99112233", False)]
    again = {name: told.context["form"][name].value() or "" for name in told.context["form"].fields}
    assert one.post(_page(studio), {k: v for k, v in again.items() if v}).status_code == 302


def test_one_goes_back_to_what_one_wrote(actor: Actor, holder: User, client_of: Signed) -> None:
    wrote(holder, actor)
    profile = wrote(holder, actor, words="another")
    client = client_of(holder)
    assert WORDS in client.get(_page(actor)).content.decode()
    told = {"version": str(profile.version), "earlier": str(profile.earlier.get().pk)}
    assert client.post(_page(actor) + "back/", told).status_code == 302
    client.post(_page(actor) + "back/", told)
    found = profile_of(actor)
    assert found is not None
    assert (found.words, found.earlier.count()) == ({FIRST: WORDS}, 2)


def test_what_one_does_not_hold_is_not_there(actor: Actor, holder: User, client_of: Signed) -> None:
    photo = photographed(holder, actor)
    stranger = client_of(a_citizen())
    for part in ("profile", "photo"):
        there, nowhere = (stranger.get(f"/me/{number}/{part}/") for number in (actor.number, make_number(99_999_999)))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert stranger.post(_page(actor, part), {"version": "0"}).status_code == 404
    assert Photo.rows().get() == photo


def test_where_two_say_that_it_is_them_neither_gets_in(client_of: Signed) -> None:
    one, other = two(a_source())
    users = a_holder(one), a_holder(other)
    merge(by=BY, keep=one, absorb=other, reason="the same")
    assert [client_of(user).get(_page(one)).status_code for user in users] == [404, 404]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_shown_bare_and_only_while_its_owner_is(
    kind: str, actor: Actor, holder: User, client_of: Signed
) -> None:
    assert client_of(holder).post(_page(actor, "photo"), _sent(kind)).status_code == 302
    photo = Photo.rows().get()
    address = f"/directory/{actor.number}/photo/large/{photo.digest}.jpg"
    visitor = client_of(None)
    assert visitor.get(address).status_code == 404
    _consent(actor, given=True)
    answer = visitor.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=60, immutable"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert [canary for canary in pictures.CANARIES if canary in answer.content] == []
    assert len(list(segments(answer.content))) > 3
    assert address.replace("large", "middle") in visitor.get(f"/directory/{actor.number}/").content.decode()
    _consent(actor, given=False)
    assert visitor.get(address).status_code == 404


def test_where_there_is_no_picture_for_one_nobody_learns_whether_there_is_one(
    actor: Actor, holder: User, client_of: Signed
) -> None:
    photo = photographed(holder, actor)
    visitor = client_of(None)
    asked = (
        (actor.number, "large", photo.digest),
        (make_number(99_999_999), "large", "0" * 32),
        (actor.number, "huge", "x"),
    )
    answers = [visitor.get(f"/directory/{number}/photo/{size}/{digest}.jpg") for number, size, digest in asked]
    own = re.compile(rb"[0-9a-f]{12}|/directory/\S+?jpg|%2F\S+?jpg")
    assert [each.status_code for each in answers] == [404] * 3
    assert len({own.sub(b"", each.content) for each in answers}) == 1


def test_the_holder_sees_a_photograph_that_is_not_public_and_nothing_keeps_it(
    actor: Actor, holder: User, client_of: Signed
) -> None:
    photo = photographed(holder, actor)
    address = f"/directory/{actor.number}/photo/small/{photo.digest}.jpg"
    answer = client_of(holder).get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert client_of(a_citizen()).get(address).status_code == 404


def test_a_photograph_needs_words_and_the_right_to_publish_it(actor: Actor, holder: User, client_of: Signed) -> None:
    client = client_of(holder)
    for told in (
        _sent(may_publish=""),
        _sent(**{f"alt_{FIRST}": ""}),
        _sent(content=b"GIF89a" + bytes(50)),
        _sent(content=pictures.png_of(65_535, 65_535)),
        {"version": "0", f"alt_{FIRST}": "A man"},
    ):
        assert client.post(_page(actor, "photo"), told).status_code == 422
    assert Photo.rows().count() == 0


def test_a_photograph_is_replaced_described_and_removed(actor: Actor, holder: User, client_of: Signed) -> None:
    client, page = client_of(holder), _page(actor, "photo")
    client.post(page, _sent())
    first = Photo.rows().get()
    assert client.post(page, {"version": "1", f"alt_{FIRST}": "A horse", "credit": "Bat"}).status_code == 302
    assert Photo.rows().get().alt == {FIRST: "A horse"}
    stale = client.post(page, {"version": "1", f"alt_{FIRST}": "A dog", "seen": "{}"})
    assert (stale.status_code, Photo.rows().get().alt) == (409, {FIRST: "A horse"})
    other = _sent(content=pictures.plain(width=500), version="2")
    assert client.post(page, other).status_code == 302
    second = Photo.rows().get()
    assert second.digest != first.digest
    assert client.get(f"/directory/{actor.number}/photo/small/{first.digest}.jpg").status_code == 404
    assert client.post(page + "remove/", {"version": str(second.version)}).status_code == 302
    assert Photo.rows().count() == 0


def test_no_file_that_is_sent_is_left_in_plain(actor: Actor, holder: User, client_of: Signed) -> None:
    client_of(holder).post(_page(actor, "photo"), _sent())
    left = [path for path in settings.SOYOL_DATA.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()]
    assert left == []


def test_what_an_officer_hid_the_holder_reads_with_the_reason(actor: Actor, holder: User, client_of: Signed) -> None:
    wrote(holder, actor)
    _consent(actor, given=True)
    actions.hide(by=BY, actor=actor, reason="It names a child")
    own = client_of(holder).get(_page(actor)).content.decode()
    assert ("It names a child" in own, WORDS in own) == (True, True)
    seen = client_of(None).get(f"/directory/{actor.number}/").content.decode()
    assert [canary for canary in CANARIES if canary in seen] == []


def test_the_list_shows_small_photographs(actor: Actor, holder: User, client_of: Signed) -> None:
    photo = photographed(holder, actor)
    visitor = client_of(None)
    assert photo.digest not in visitor.get("/directory/").content.decode()
    _consent(actor, given=True)
    assert f"/directory/{actor.number}/photo/small/{photo.digest}.jpg" in visitor.get("/directory/").content.decode()


def test_links_and_contacts_of_the_factory_reach_the_page(actor: Actor, holder: User, client_of: Signed) -> None:
    wrote(holder, actor)
    _consent(actor, given=True)
    seen = client_of(None).get(f"/directory/{actor.number}/").content.decode()
    assert [canary in seen for canary in (WORDS, LINK, CONTACT)] == [True] * 3
