"""Take the pictures of the manual and the README from a running site with the sample material.

    python -m tools.screenshots http://localhost:8000 --officer http://localhost:8000/enter/…/

The second address is a one-time sign-in link of the sample registry officer, as ``./soyol up`` prints it; without it
only public pages are taken. Needs Chromium and the test requirements. Writes ``docs/images/*.png``, each below 400 kB.
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
MOST_BYTES = 400_000
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 360, "height": 780}

#: Name of the picture → path, language, size of the window.
PUBLIC = {
    "home": ("/", "en", WIDE),
    "home-mn": ("/", "mn", WIDE),
    "home-phone-mn": ("/", "mn", NARROW),
    "directory": ("/directory/?q=bat", "en", WIDE),
    "map": ("/map/", "en", WIDE),
    "sources": ("/sources/", "en", WIDE),
    "survey-phone-mn": ("/surveys/makers/", "mn", NARROW),
}
DESK = {
    "desk": ("/desk/", "en", WIDE),
    "entries": ("/desk/entries/?q=bat", "en", WIDE),
    "matching": ("/desk/matching/", "en", WIDE),
    "review": ("/desk/review/", "en", WIDE),
    "review-phone-mn": ("/desk/review/", "mn", NARROW),
    "quality": ("/desk/quality/", "en", WIDE),
    "survey": ("/desk/surveys/makers/", "en", WIDE),
}


def take(page: Page, origin: str, pictures: dict[str, tuple[str, str, dict[str, int]]]) -> None:
    """Write one picture for each entry, of what a reader sees without scrolling."""
    for name, (path, language, window) in pictures.items():
        page.set_viewport_size(window)  # type: ignore[arg-type] # a plain dict is what playwright documents
        page.context.add_cookies([{"name": "soyol_language", "value": language, "url": origin}])
        page.goto(origin + path)
        target = IMAGES / f"{name}.png"
        page.screenshot(path=target)
        if target.stat().st_size > MOST_BYTES:
            raise SystemExit(f"{target.name} is larger than {MOST_BYTES} bytes: make the window smaller")
        sys.stdout.write(f"{target.relative_to(IMAGES.parents[1])}  {target.stat().st_size // 1000} kB\n")


def take_certificate(page: Page, origin: str) -> None:
    """Issue a certificate of the first entry unless it has one, and draw its sheet."""
    import pypdfium2

    page.goto(f"{origin}/desk/entries/?kind=person")
    page.goto(origin + str(page.get_attribute("tbody th a", "href")))
    issue = page.locator("form[action$='/certificates/issue/'] button")
    if issue.count():
        issue.click()
        page.wait_for_load_state()
    with page.expect_download() as taken:
        page.locator("a[href$='/sheet/']").first.click()
    target = IMAGES / "certificate.png"
    with pypdfium2.PdfDocument(taken.value.path()) as document:
        document[0].render(scale=1.1).to_pil().quantize(64, dither=0).save(target, optimize=True)
    sys.stdout.write(f"{target.relative_to(IMAGES.parents[1])}  {target.stat().st_size // 1000} kB\n")


def launch() -> Browser:
    """The system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("no Chromium on this machine: install the package 'chromium' and try again")
    return sync_playwright().start().chromium.launch(executable_path=found, args=FLAGS)


def main(arguments: list[str] | None = None) -> int:
    """Read the addresses and take all pictures."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from a running site.")
    parser.add_argument("site", help="address of the site, such as http://localhost:8000")
    parser.add_argument("--officer", help="a fresh one-time sign-in link of the sample registry officer")
    told = parser.parse_args(arguments)
    IMAGES.mkdir(parents=True, exist_ok=True)
    page = launch().new_context(color_scheme="light").new_page()
    page.set_default_timeout(120_000)
    take(page, told.site.rstrip("/"), PUBLIC)
    if told.officer:
        page.goto(told.officer)
        page.click("main button")
        page.wait_for_url("**/desk/**")
        take(page, told.site.rstrip("/"), DESK)
        take_certificate(page, told.site.rstrip("/"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
