"""A survey without a network: taken along, filled in, sent once, whatever breaks on the way, in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import sight
from tests.e2e.conftest import PATIENCE, Site
from tests.e2e.devices import CODE, Network, expect_counts, fill, fill_pages, go_on, network, ready, take_along
from tests.factories import carried

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FORM = Path(__file__).resolve().parents[2] / "samples" / "surveys" / "mn" / "makers.xlsx"
TEN_TIMES = Path(__file__).with_name("ten_times.js").read_text(encoding="utf-8").strip().rstrip(";")
OFFICER, COLLEAGUE = "Registry officer", "Officer of"
Visit = Callable[..., Page]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    """A busy machine is no finding."""
    expect.set_options(timeout=PATIENCE * 1000 / 4)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def open_survey(site: Site, browser: Browser) -> None:
    """The survey of makers, open for answers."""
    context = browser.new_context()
    page = context.new_page()
    _enter(page, site, OFFICER)
    context.add_cookies([{"name": "soyol_language", "value": "en", "url": site.address}])
    page.goto(f"{site.address}/desk/surveys/")
    if not page.locator(f"main a[href='/desk/surveys/{CODE}/']").count():
        page.click("text=New survey")
        page.fill("[name=name_mn]", "Урчуудын судалгаа")
        page.fill("[name=name_en]", "Survey of makers")
        page.fill("[name=code]", CODE)
        page.fill("[name=keeper]", "Culture office")
        page.click("main form .button--primary")
        _publish(page, FORM)
    context.close()


def _publish(page: Page, form: Path, version: str = "2026.1") -> None:
    page.set_input_files("[name=file]", form)
    page.click("text=Send in and check")
    page.locator("tr", has_text=version).locator("form[action*=publish] button").click()
    expect(page.locator("#notices")).to_contain_text("asked from now on")


def _enter(page: Page, site: Site, who: str, origin: str = "") -> None:
    """Sign in by a link, at the address through which this browser reaches the site."""
    page.goto(site.entrance(who).replace(site.address, origin or site.address))
    page.click("main button")
    page.wait_for_url("**/desk/**")


@pytest.fixture
def line(site: Site, open_survey: None) -> Iterator[Network]:
    """The network between the browsers of a test and the site."""
    with network(site.address) as made:
        yield made


@pytest.fixture
def device(browser: Browser, line: Network) -> Iterator[Callable[..., Page]]:
    """A telephone of its own that stands before the survey's page, or has taken it along."""
    contexts = []

    def opened(*, language: str = "en", along: bool = True, width: int = 360, **kind: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 780}, **kind)
        contexts.append(context)
        context.add_cookies([{"name": "soyol_language", "value": language, "url": line.address}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{line.address}/surveys/{CODE}/offline/")
        if along:
            take_along(page, language)
        return page

    yield opened
    for context in contexts:
        context.close()


def _kept(site: Site) -> list[tuple[str, int, str, str]]:
    """Sets of answers on the server, the newest first: given name, revision, version and how they came."""
    told = site.manage(
        "shell",
        "-v0",
        "-c",
        "from soyol.surveys.models import Submission as S\n"
        "for s in S.objects.select_related('version').order_by('-pk'):\n"
        "    print(s.answers.get('given_name'), s.revision, s.version.version, s.mode, sep='|')",
    )
    return [
        (name, int(number), *rest) for name, number, *rest in (line.split("|") for line in told.split("\n") if line)
    ]  # type: ignore[misc]


def _named(site: Site, name: str) -> list[tuple[int, str, str]]:
    return [(number, version, mode) for given, number, version, mode in _kept(site) if given == name]


def test_it_is_filled_in_with_the_network_cut_and_sent_when_it_is_back(
    site: Site, device: Callable[..., Page], line: Network
) -> None:
    page = device()
    page.context.set_offline(True)
    line.becomes("cut")
    page.reload()
    expect(page.locator("[data-at=offline]")).to_be_visible()
    fill(page, "Cut Off", works=2)
    expect(page.locator("main")).to_contain_text("Felt horse 2")
    ready(page)
    expect_counts(page, waiting=1)
    page.reload()
    expect_counts(page, waiting=1)
    expect(page.locator("main .row")).to_contain_text("Cut Off")
    line.becomes("open")
    page.context.set_offline(False)  # the browser says so, and the page sends by itself
    expect_counts(page, sent=1)
    expect(page.locator("main .row")).to_contain_text(re.compile(rf"Number {CODE}-\d+"))
    assert _named(site, "Cut Off") == [(1, "2026.1", "public")]


def test_what_was_written_is_there_after_the_browser_lost_the_page(device: Callable[..., Page]) -> None:
    page = device()
    page.context.set_offline(True)
    page.click("[data-at=fill]")
    page.check("[name=informed]")
    go_on(page)
    page.check("[name=kind][value=person]")
    page.fill("[name=given_name]", "Half Written")
    page.keyboard.press("Tab")
    address = page.url
    other = page.context.new_page()
    page.close()
    other.goto(address)
    expect(other.locator("[name=given_name]")).to_have_value("Half Written")


def test_two_windows_that_send_at_once_make_one_submission(site: Site, device: Callable[..., Page]) -> None:
    page = device()
    page.context.set_offline(True)
    fill(page, "Two Windows")
    ready(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect_counts(other, waiting=1)
    page.context.set_offline(False)
    for each in (page, other):
        expect_counts(each, sent=1)
    assert _named(site, "Two Windows") == [(1, "2026.1", "public")]


def test_the_same_answers_ten_times_at_once_make_one_submission(site: Site, device: Callable[..., Page]) -> None:
    """Past the locks of the browser: as ten devices would that were made from one backup."""
    page = device()
    told = page.evaluate(TEN_TIMES, {"code": CODE})
    assert ({status for status, _number in told}, len({number for _status, number in told})) == ({200}, 1)
    assert _named(site, "Ten Times") == [(1, "2026.1", "public")]


def test_an_answer_that_was_lost_on_the_way_back_is_asked_for_again_and_changes_nothing(
    site: Site, device: Callable[..., Page], line: Network
) -> None:
    page = device()
    fill(page, "Lost Answer")
    line.becomes("no answer")
    ready(page)
    expect(page.locator("[data-at=last]")).to_contain_text("There was no network")
    expect_counts(page, waiting=1)
    assert _named(site, "Lost Answer") == [(1, "2026.1", "public")]
    line.becomes("open")
    page.click("[data-at=send]")
    expect_counts(page, sent=1)
    assert _named(site, "Lost Answer") == [(1, "2026.1", "public")]
    assert line.sent >= 2


@pytest.mark.parametrize("choice", ["theirs", "correct"])
def test_different_answers_are_shown_beside_each_other_and_a_person_chooses(
    site: Site, device: Callable[..., Page], line: Network, choice: str
) -> None:
    first, then = f"First {choice}", f"Then {choice}"
    page = device()
    fill(page, first)
    line.becomes("no answer")
    ready(page)
    expect(page.locator("[data-at=last]")).to_contain_text("There was no network")
    page.click(f"main .row a:has-text('{first}')")
    page.click("main a:has-text('Who')")
    page.fill("[name=given_name]", then)
    page.goto(page.url.split("#")[0] + "#" + page.url.split("#")[1].split("/")[0] + "/check")
    ready(page)
    line.becomes("open")
    page.click("[data-at=send]")
    expect_counts(page, needs=1)
    page.click("main .row a")
    expect(page.locator("tr.differs")).to_contain_text([then])
    assert [word in page.locator("tr.differs").inner_text() for word in (first, then)] == [True, True]
    assert sight.wrong(page, 320, 360) == []
    page.click(f"[data-at={choice}]")
    expect_counts(page, sent=1)
    mine = [(2, "2026.1", "public")] if choice == "correct" else []
    assert (_named(site, then), _named(site, first)) == (mine, [(1, "2026.1", "public")])


def test_where_the_browser_keeps_nothing_it_is_told(device: Callable[..., Page]) -> None:
    page = device(along=False)
    page.evaluate("() => { indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }; }")
    page.click("[data-take] button")
    expect(page.locator("[data-take-says=failed]")).to_be_visible()
    assert page.url.endswith("/offline/")


def test_a_full_device_is_told_loudly_and_the_page_still_holds_what_was_written(device: Callable[..., Page]) -> None:
    page = device()
    page.click("[data-at=fill]")
    page.check("[name=informed]")
    go_on(page)
    page.check("[name=kind][value=person]")
    page.evaluate(
        "() => { window.put = IDBObjectStore.prototype.put;"
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.fill("[name=given_name]", "No Room")
    page.keyboard.press("Tab")
    expect(page.locator("[role=alert]")).to_contain_text("This device is full")
    expect(page.locator("[name=given_name]")).to_have_value("No Room")
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    go_on(page)
    expect(page.locator("[data-alerts]")).to_be_empty()


def _open_device(page: Page, authority: str = "Order 12 of the office") -> None:
    """The officer who is signed in opens the device for their own answers."""
    page.fill("[name=authority]", authority)
    page.click("[data-at=offer] button")
    expect(page.locator("[data-at=authority]")).to_have_text(authority)


def _fill_for(page: Page, who: str, given: str) -> None:
    page.click("[data-at=for_other]")
    page.fill("[name=who]", who)
    page.check("[name=how][value=visit]")
    page.check("[name=agreed]")
    go_on(page)
    fill_pages(page, given)
    ready(page)


def _left_behind(page: Page, line: Network) -> str:
    """A third set of answers that is not sent when the officer signs out; the address of the device's page."""
    device_page = page.url
    page.context.set_offline(True)
    _fill_for(page, "A third one", "Third One")
    page.context.route("**/sync/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(f"{line.address}/desk/")
    page.click("text=Sign out")
    page.wait_for_url(f"{line.address}/")
    page.goto(device_page)
    expect(page.locator("[data-at=closed]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("A third one")
    page.context.unroute("**/sync/")
    return device_page


def test_what_an_officer_wrote_is_closed_when_they_sign_out_and_sent_when_they_are_back(
    site: Site, device: Callable[..., Page], line: Network
) -> None:
    page = device(along=False, width=1280)
    _enter(page, site, OFFICER, line.address)
    page.goto(f"{line.address}/surveys/{CODE}/offline/")
    take_along(page)
    _open_device(page)
    page.context.set_offline(True)
    _fill_for(page, "Somebody of the steppe", "Of Officer")
    expect(page.locator("main .row")).to_contain_text("Somebody of the steppe")
    line.becomes("no answer")  # what they sent is here, but they never heard of it
    page.context.set_offline(False)
    expect(page.locator("[data-at=last]")).to_contain_text("There was no network")
    line.becomes("open")
    page.context.set_offline(True)
    page.wait_for_timeout(300)
    _fill_for(page, "A second one", "Second One")
    page.context.set_offline(False)
    expect_counts(page, sent=2)
    device_page = _left_behind(page, line)
    _enter(page, site, COLLEAGUE, line.address)
    page.goto(device_page)
    expect(page.locator("[data-at=last]")).to_contain_text("wait until that officer signs in")
    expect(page.locator("[data-at=closed_count]")).to_have_text("1")
    expect(page.locator("main")).not_to_contain_text("A third one")
    page.context.clear_cookies(name="soyol_session")
    _enter(page, site, OFFICER, line.address)
    page.goto(device_page)
    expect_counts(page, sent=3)
    assert [_named(site, name) for name in ("Of Officer", "Second One", "Third One")] == [
        [(1, "2026.1", "enumerator")]
    ] * 3


def test_answers_outlive_a_session_that_ended(site: Site, device: Callable[..., Page], line: Network) -> None:
    page = device(along=False, width=1280)
    _enter(page, site, OFFICER, line.address)
    page.goto(f"{line.address}/surveys/{CODE}/offline/")
    take_along(page)
    _open_device(page)
    page.context.set_offline(True)
    _fill_for(page, "Before the end", "Over Twelve Hours")
    page.context.clear_cookies(name="soyol_session")
    page.context.set_offline(False)
    expect(page.locator("[data-at=last]")).to_contain_text("wait until that officer signs in")
    expect_counts(page, waiting=1)
    expect(page.locator("main .row")).to_contain_text("Before the end")
    _enter(page, site, OFFICER, line.address)
    page.goto(f"{line.address}/surveys/{CODE}/offline/en/")
    expect_counts(page, sent=1)
    assert _named(site, "Over Twelve Hours") == [(1, "2026.1", "enumerator")]


def _next_version(folder: Path, version: str) -> Path:
    """The same form under another version, with one question that says so."""
    import openpyxl

    book = openpyxl.load_workbook(FORM)
    told = book["settings"]
    column = next(cell.column for cell in told[1] if cell.value == "version")
    told.cell(2, column).value = version
    path = folder / f"makers-{version}.xlsx"
    book.save(path)
    return path


def test_a_new_version_meanwhile_takes_what_was_begun_by_the_old_one(
    site: Site, browser: Browser, device: Callable[..., Page], line: Network, tmp_path: Path
) -> None:
    page = device()
    page.context.set_offline(True)
    fill(page, "Old Version")
    ready(page)
    context = browser.new_context()
    context.add_cookies([{"name": "soyol_language", "value": "en", "url": site.address}])
    desk = context.new_page()
    _enter(desk, site, OFFICER)
    desk.goto(f"{site.address}/desk/surveys/{CODE}/")
    _publish(desk, _next_version(tmp_path, "2026.2"), "2026.2")
    page.context.set_offline(False)
    expect_counts(page, sent=1)
    expect(page.locator("[data-at=newer]")).to_be_visible()
    page.click("[data-at=newer_open]")
    expect(page.locator("[data-at=newer]")).to_be_hidden()
    fill(page, "New Version")
    ready(page)
    expect_counts(page, sent=2)
    assert [_named(site, f"{name} Version") for name in ("Old", "New")] == [
        [(1, "2026.1", "public")],
        [(1, "2026.2", "public")],
    ]
    desk.goto(f"{site.address}/desk/surveys/{CODE}/")
    desk.locator("tr", has_text="2026.1").locator("form[action*=publish] button").click()
    expect(desk.locator("#notices")).to_contain_text("2026.1")
    context.close()


def test_a_device_keeps_nothing_but_its_own_pages(device: Callable[..., Page], line: Network) -> None:
    page = device()
    for path in ("/", f"/surveys/{CODE}/", "/directory/", f"/surveys/{CODE}/offline/"):
        page.goto(line.address + path)
    kept = page.evaluate(
        """async () => {
          const names = await caches.keys();
          const kept = async (name) => (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname);
          const all = await Promise.all(names.map(kept));
          return [names.length, all.flat()];
        }"""
    )
    assert kept[0] == 1
    allowed = re.compile(rf"/static/|/surveys/{CODE}/offline/(mn/|en/|form-\d+\.json)$")
    assert [path for path in kept[1] if not allowed.match(path)] == []
    page.context.set_offline(True)
    page.goto(f"{line.address}/surveys/{CODE}/offline/mn/")
    expect(page.locator("html")).to_have_attribute("lang", "mn")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{line.address}/surveys/{CODE}/")


def test_what_is_kept_on_the_disk_is_not_readable(device: Callable[..., Page]) -> None:
    page = device()
    page.context.set_offline(True)
    fill(page, "Secret Name")
    ready(page)
    told = page.evaluate(
        """(code) => new Promise((resolve) => {
          indexedDB.open(`soyol-survey-${code}`).onsuccess = ({target}) => {
            target.result.transaction("rows").objectStore("rows").getAll().onsuccess = ({target}) => {
              const [row] = target.result;
              resolve([Object.keys(row).sort().join(), new TextDecoder().decode(row.sealed.data)]);
            };
          };
        })""",
        CODE,
    )
    assert (told[0], "Secret" in told[1]) == ("begun,changed,id,owner,receipt,sealed,state,version", False)


def test_wiping_takes_everything_away(device: Callable[..., Page]) -> None:
    page = device()
    page.context.set_offline(True)
    fill(page, "To Be Wiped")
    ready(page)
    page.click("summary")
    page.context.set_offline(False)
    page.click("[data-at=wipe]")
    page.wait_for_url(f"**/surveys/{CODE}/offline/")
    told = page.evaluate("async () => [(await caches.keys()).length, (await indexedDB.databases()).length]")
    assert told == [0, 0]


@pytest.mark.parametrize("path", ["", "en/"])
def test_without_a_script_the_page_leads_to_the_ordinary_form(
    site: Site, open_survey: None, visit: Visit, path: str
) -> None:
    page = visit(f"/surveys/{CODE}/offline/{path}", width=360, language="en", java_script_enabled=False)
    expect(page.locator(".unscripted")).to_be_visible()
    expect(page.locator(".unscripted")).to_contain_text("Without a network this page needs a script")
    with page.expect_navigation():
        page.click("text=To the ordinary form >> nth=0")
    assert page.url == f"{site.address}/surveys/{CODE}/"


@pytest.mark.parametrize("language", ["mn", "en"])
def test_axe_finds_nothing_and_the_keyboard_reaches_everything(device: Callable[..., Page], language: str) -> None:
    page = device(language=language, along=False)
    wrong = sight.wrong(page, 320, 1280)
    take_along(page, language)
    page.click("summary")
    wrong += sight.wrong(page, 320, 1280)
    page.context.set_offline(True)
    page.locator("[data-at=fill]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Enter in a field leads on, and what is missing has the focus
    expect(page.locator(".error-summary")).to_be_focused()
    wrong += sight.wrong(page, 320, 1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=informed]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind] >> nth=0")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[name=given_name]")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "kind"
    wrong += sight.wrong(page, 320, 1280)
    page.goto(page.url.rsplit("/", 1)[0] + "/check")
    expect(page.locator(".error-summary")).to_be_focused()
    wrong += sight.wrong(page, 320, 1280)
    assert wrong == []


def test_the_rules_of_the_device_count_as_those_of_the_server(device: Callable[..., Page]) -> None:
    """In the browser itself; Node is asked the same by the tests of the rules."""
    page = device()
    modules = page.evaluate(
        """() => Object.fromEntries(performance.getEntriesByType("resource").map(({name}) => new URL(name).pathname)
          .map((path) => [/survey\\/(\\w+)\\./.exec(path)?.[1], path]).filter(([name]) => name))"""
    )
    form = carried.counting(carried.expressions())
    said = page.evaluate(carried.VERDICT, {"modules": modules, "cases": [carried.case(form, carried.ANSWERS)]})
    assert said == [carried.verdict(form, carried.ANSWERS)]
