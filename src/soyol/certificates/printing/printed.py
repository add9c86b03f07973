"""A certificate as a PDF, made whenever it is asked for and kept nowhere."""

from dataclasses import dataclass

from soyol.certificates.models import Certificate
from soyol.certificates.printing import fonts, plain
from soyol.certificates.printing.browser import browser, print_page
from soyol.certificates.printing.page import page
from soyol.certificates.printing.sheet import Sheet, sheet_of
from soyol.certificates.printing.slots import slot


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet and how it is called as a file; ``by_browser``: with the title in traditional script, if there is one."""

    name: str
    content: bytes
    by_browser: bool


def printed(certificate: Certificate) -> Printed:
    """The sheet of ``certificate``: by the browser where there is one with the font and with room, else without.

    Some two seconds with a browser, half a second without. The sheets say the same and have the same QR code.
    """
    sheet = sheet_of(certificate)
    made = _by_browser(sheet)
    name = f"{certificate.number}.pdf"
    return Printed(name, made, by_browser=True) if made else Printed(name, plain.draw(sheet), by_browser=False)


def _by_browser(sheet: Sheet) -> bytes | None:
    traditional = fonts.traditional()
    if traditional is None or browser() is None:
        return None
    with slot() as has_room:
        return print_page(page(sheet, traditional)) if has_room else None
