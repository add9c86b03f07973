"""Somebody writes who they are and puts a photograph up, in a real browser; a "no" takes it from everybody at once."""

import os
from pathlib import Path
from typing import Any

import pytest

from soyol.profiles.models import Photo
from soyol.registry.actions import choose_consent
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor
from tests.e2e import sight
from tests.e2e.live import Opened, opened
from tests.factories import pictures
from tests.factories.claims import a_holder
from tests.factories.profiles import FIRST, wrote
from tests.factories.registry import BY, a_record, a_source, an_actor

__all__ = ["opened"]
pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = "ᠮᠣᠩᠭᠣᠯ ᠤᠨ ᠬᠤᠭᠤᠷ ᠲᠠᠲᠠᠬᠤ ᠳᠤᠷᠠᠲᠠᠢ"


@pytest.fixture
def actor() -> Actor:
    """An invented person whom nobody else sees yet."""
    return an_actor(a_record(a_source(), name="Dorj Bat", unit="62"))


def _consent(actor: Actor, *, given: bool) -> None:
    choose_consent(
        by=BY, actor=actor, purpose=Purpose.PROFILE, given=given, language="mn", channel=Channel.OWN, user_id=1
    )


def test_a_photograph_goes_up_and_a_no_takes_it_away_at_once(
    actor: Actor, opened: Opened, live_server: Any, tmp_path: Path
) -> None:
    page = opened(f"/me/{actor.number}/photo/", a_holder(actor), java_script_enabled=False)
    page.set_input_files("[name=picture]", pictures.saved(tmp_path, pictures.told(), "me.jpg"))
    page.fill(f"[name=alt_{FIRST}]", "Морин хуурчин")
    page.check("[name=may_publish]")
    with page.expect_navigation():
        page.click("main form[enctype] .button--primary")
    photo = Photo.rows().get()
    address = f"{live_server.url}/directory/{actor.number}/photo/middle/{photo.digest}.jpg"
    visitor = opened("/")
    assert visitor.request.get(address).status == 404
    _consent(actor, given=True)
    shown = opened(f"/directory/{actor.number}/")
    assert shown.evaluate("document.querySelector('.portrait__picture').naturalWidth") == 480
    _consent(actor, given=False)
    assert visitor.request.get(address).status == 404


@pytest.mark.parametrize(("language", "width"), [("mn", 360), ("mn", 1280), ("en", 360), ("en", 1280)])
def test_pages_of_own_words_stand_up_to_axe_and_do_not_scroll_sideways(
    language: str, width: int, actor: Actor, opened: Opened, tmp_path: Path
) -> None:
    user = a_holder(actor)
    wrote(user, actor, words="Би багаасаа хуурдсан.\n\nОдоо шавь нартай.", contacts={"mail": ("me@example.org", True)})
    page = opened(f"/me/{actor.number}/photo/", user, width=width, language=language)
    page.set_input_files("[name=picture]", pictures.saved(tmp_path, pictures.told(), "me.jpg"))
    page.fill(f"[name=alt_{FIRST}]", "Морин хуурчин")
    page.fill("[name=credit]", "Бат")
    page.check("[name=may_publish]")
    with page.expect_navigation():
        page.click("main form[enctype] .button--primary")
    _consent(actor, given=True)
    faults: list[str] = []
    for name, path, who in (
        ("profile", f"/me/{actor.number}/profile/", user),
        ("photo", f"/me/{actor.number}/photo/", user),
        ("public", f"/directory/{actor.number}/", None),
        ("list", "/directory/", None),
    ):
        seen = opened(path, who, width=width, language=language)
        if name == "profile" and seen.locator("[name=words_mn-Mong]").count():
            seen.fill("[name=words_mn-Mong]", SCRIPT)
            with seen.expect_navigation():
                seen.click("main form.form .button--primary")
        if os.environ.get("SOYOL_SHOTS"):
            seen.screenshot(path=Path(os.environ["SOYOL_SHOTS"]) / f"{name}-{language}-{width}.png", full_page=True)
        faults += sight.wrong(seen, width)
    assert faults == []
