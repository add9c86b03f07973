"""Reading a printed sheet as those who get it do: its words, its properties, and its QR code by a real decoder."""

import pypdfium2 as pdfium
import zxingcpp


def words(pdf: bytes) -> str:
    """All text of a document, a line for each line."""
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def together(pdf: bytes) -> str:
    """All text without spaces: lines may break anywhere."""
    return "".join(words(pdf).split())


def properties(pdf: bytes) -> tuple[int, str]:
    """How many pages, and the title."""
    with pdfium.PdfDocument(pdf) as document:
        return len(document), document.get_metadata_value("Title")


def size(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page in millimetres."""
    with pdfium.PdfDocument(pdf) as document:
        width, height = document[0].get_size()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def code(pdf: bytes) -> list[str]:
    """What the QR codes of the first page say, as a camera would see it at 100 dots to the inch."""
    with pdfium.PdfDocument(pdf) as document:
        image = document[0].render(scale=100 / 72).to_pil().convert("L")
    return [found.text for found in zxingcpp.read_barcodes(image)]
