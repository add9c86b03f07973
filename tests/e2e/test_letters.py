"""From writing a letter to the way out of it, and the yearly question, in a real browser."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.e2e import sight
from tests.e2e.conftest import Site

pytestmark = [pytest.mark.slow, pytest.mark.browser]
#: Somebody who agreed and has a letter, somebody who was not heard of for years and was asked, as the site's own code
#: does it. What it prints last: the way out of the letter, the address of the question, and both numbers.
PEOPLE = """
import json
from datetime import date
from datetime import timedelta
from django.utils import timezone
from soyol.accounts.models import Grant
from soyol.letters.actions import ask
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.notices.models import Message
from tests.factories.letters import a_letter, a_reader
from tests.factories.registry import BY, a_batch, a_record, a_source, an_actor
officer = Grant.objects.filter(role="registry_officer")[0].user
a_reader("Bold Dorj")
reader = a_reader("Dorj Bat")
sent = Delivery.objects.create(letter=a_letter(officer), actor=reader, channel="mail", language="mn")
source = a_source()
old = a_batch(source, observed_on=timezone.localdate() - timedelta(days=900))
asked = an_actor(a_record(source, old, name="Dorj Old", emails=["old@example.org"], consent=True))
an_actor(a_record(source, old, name="Dorj Older", consent=True))  # stays unheard of, whatever the other one answers
ask(by=BY, actor_pk=asked.pk)
link = (Message.objects.get(purpose="letters.still_correct").body or "").split("/letters/still/")[1].split("/")[0]
print(json.dumps([way_out(sent), f"/letters/still/{link}/", reader.number, asked.number]))
"""


@pytest.fixture(scope="session")
def told(site: Site) -> list[str]:
    """The addresses in two letters, and whose they are; as long as the site, whichever worker takes tests over."""
    site.manage("load_sample_accounts", "--json")
    way_out, still, reader, asked = json.loads(site.manage("shell", "--command", PEOPLE).splitlines()[-1])
    return [urlsplit(way_out).path, still, reader, asked]


@pytest.mark.parametrize("language", ["mn", "en"])
def test_an_officer_writes_counts_and_looks_at_whole_pages(
    visit: Callable[..., Page], told: list[str], language: str
) -> None:
    page = visit("/desk/letters/", language=language, who="Registry officer")
    wrong = sight.wrong(page)
    page.click("a[href$='/letters/new/']")
    for code in ("mn", "en"):
        page.fill(f"[name=subject_{code}]", "Дууны уралдаан")
        page.fill(f"[name=text_{code}]", "Эрхэм хүндэт уран бүтээлч,\n\nдуулахаар ирнэ үү.")
    wrong += sight.wrong(page)
    page.click("main form .button--primary")
    page.wait_for_url("**/desk/letters/*/")
    page.click("form[action$='/count/'] button")
    page.wait_for_selector("form[action$='/release/']")
    wrong += sight.wrong(page)
    page.goto(page.url.split("/desk/")[0] + "/desk/entries/?stale=yes")
    assert str((datetime.now(UTC) - timedelta(days=900)).year) in page.locator("main table").inner_text()
    wrong += sight.wrong(page)
    page.goto(page.url.split("/desk/")[0] + f"/desk/entries/{told[3]}/")
    assert wrong + sight.wrong(page) == []


@pytest.mark.parametrize("language", ["mn", "en"])
def test_the_pages_that_letters_lead_to_are_whole(visit: Callable[..., Page], told: list[str], language: str) -> None:
    wrong = []
    for path in (told[0], told[1], "/letters/end/unknown/", "/letters/still/unknown/", f"/directory/{told[3]}/"):
        wrong += sight.wrong(visit(path, language=language))
    assert wrong == []


def test_one_click_ends_letters_and_one_says_yes_without_a_script(visit: Callable[..., Page], told: list[str]) -> None:
    for path in told[:2]:
        page = visit(path, width=360, java_script_enabled=False)
        with page.expect_navigation():
            page.click("main form button")
        assert "✓" in page.locator("main h1").inner_text()
    assert "✓" not in visit(told[1]).locator("main").inner_text()
