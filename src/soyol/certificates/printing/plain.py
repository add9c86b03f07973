"""A sheet drawn by fpdf2: needs neither a browser nor fonts of the machine. It has no title in traditional script."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from soyol.certificates.printing import drawing, fonts
from soyol.certificates.printing.fitting import GAP, OTHER, VALUE, name_size, scale_of
from soyol.certificates.printing.sheet import Line, Said, Sheet

if TYPE_CHECKING:
    from fpdf import FPDF

INK, MUTED, BLUE, OCHRE = (20, 33, 58), (91, 100, 114), (31, 95, 168), (180, 122, 18)
LEFT, RIGHT = 30.0, 180.0
MIDDLE = RIGHT - LEFT
LABEL = 48.0
#: Where the lower part begins, and the side of the QR code; its white rim is the paper around it.
BELOW, CODE = 204.0, 38.0


def draw(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page."""
    with _paper(sheet) as pdf:
        _frame(pdf)
        _head(pdf, sheet)
        scale = scale_of(sheet)
        _name(pdf, sheet.name, scale)
        pdf.set_y(pdf.get_y() + 8 * scale)
        for line in sheet.lines:
            _line(pdf, line, LEFT, MIDDLE, scale=scale)
        _below(pdf, sheet)
        return bytes(pdf.output())


@contextmanager
def _paper(sheet: Sheet) -> Iterator["FPDF"]:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.c_margin = 0
    pdf.set_title(sheet.titled)
    pdf.set_lang(sheet.languages[0])
    pdf.set_subject(" · ".join(sheet.title))
    pdf.set_creator("Soyol")
    letters = "".join(sorted(set(_letters(sheet))))
    with TemporaryDirectory(prefix="soyol-sheet-") as folder:  # fpdf2 reads fonts from files only
        for style, weight in (("", fonts.TEXT), ("B", fonts.STRONG)):
            path = Path(folder) / f"{weight}.ttf"
            path.write_bytes(fonts.cut(letters, weight))
            pdf.add_font("Noto Serif", style, path)
        pdf.add_page()
        yield pdf


def _letters(sheet: Sheet) -> str:
    lines = (*sheet.lines, *sheet.below, sheet.code)
    texts = [*sheet.registry, *sheet.title, *sheet.declares, *sheet.name, *sheet.check, *sheet.invented]
    texts += [text for line in lines for text in (*line.label, *line.value)]
    return " · ".join(texts)


def _frame(pdf: "FPDF") -> None:
    pdf.set_draw_color(*BLUE)
    pdf.set_line_width(0.32)
    for line in drawing.frame():
        pdf.polyline(line)
    pdf.set_draw_color(*OCHRE)
    pdf.set_line_width(0.18)
    pdf.rect(*drawing.fine_line())


def _head(pdf: "FPDF", sheet: Sheet) -> None:
    pdf.set_xy(LEFT, 31)
    _write(pdf, " · ".join(sheet.registry), 10, MUTED, MIDDLE)
    pdf.set_xy(LEFT, pdf.get_y() + 5)
    _write(pdf, sheet.title[0], 30, BLUE, MIDDLE, style="B")
    for other in sheet.title[1:]:
        _write(pdf, other, 16, MUTED, MIDDLE)
    pdf.set_xy(LEFT, pdf.get_y() + 3)
    for text in sheet.invented:
        _write(pdf, text, 10, OCHRE, MIDDLE, style="B")
    pdf.set_xy(LEFT, pdf.get_y() + 5)
    _write(pdf, sheet.declares[0], 11, INK, MIDDLE)
    for other in sheet.declares[1:]:
        _write(pdf, other, 9.5, MUTED, MIDDLE)


def _name(pdf: "FPDF", name: Said, scale: float) -> None:
    pdf.set_xy(LEFT, pdf.get_y() + 8 * scale)
    size = name_size(name[0])
    _write(pdf, name[0], size * scale, INK, MIDDLE, style="B")
    for other in name[1:]:
        _write(pdf, other, max(size * 0.6, OTHER) * scale, MUTED, MIDDLE)
    pdf.set_draw_color(*OCHRE)
    pdf.set_line_width(0.3)
    pdf.line(LEFT, pdf.get_y() + 3 * scale, RIGHT, pdf.get_y() + 3 * scale)


def _line(
    pdf: "FPDF", line: Line, left: float, width: float, *, label: float = LABEL, scale: float = 1, gap: float = GAP
) -> None:
    """A fact: what it is called on the left, what is said on the right, both in every language."""
    top = pdf.get_y()
    pdf.set_xy(left, top + 0.7 * scale)
    for at, text in enumerate(line.label):
        _write(pdf, text, (7.8 if at else OTHER) * scale, MUTED, label - 4, left=left)
    called = pdf.get_y()
    pdf.set_xy(left + label, top)
    for at, text in enumerate(line.value):
        _write(pdf, text, (OTHER if at else VALUE) * scale, MUTED if at else INK, width - label, left=left + label)
    pdf.set_y(max(called, pdf.get_y()) + gap * scale)


def _below(pdf: "FPDF", sheet: Sheet) -> None:
    pdf.set_draw_color(*OCHRE)
    pdf.set_line_width(0.3)
    pdf.line(LEFT, BELOW, RIGHT, BELOW)
    count, runs = drawing.squares(sheet.link)
    side = CODE / count
    pdf.set_fill_color(*INK)
    for column, row, length in runs:
        pdf.rect(RIGHT - CODE + column * side, BELOW + 6 + row * side, length * side, side, style="F")
    width = MIDDLE - CODE - 8
    pdf.set_y(BELOW + 6)
    for line in (*sheet.below, sheet.code):
        _line(pdf, line, LEFT, width, label=40, gap=1.9)
    pdf.set_xy(LEFT, BELOW + 53)
    for at, text in enumerate(sheet.check):
        _write(pdf, text, 8.2, MUTED if at else INK, MIDDLE)


def _write(
    pdf: "FPDF",
    text: str,
    size: float,
    colour: tuple[int, int, int],
    width: float,
    *,
    left: float = LEFT,
    style: str = "",
) -> None:
    """A paragraph from where the pen is; the pen then stands below it, at ``left``."""
    pdf.set_font("Noto Serif", style, size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(width, h=size * 0.47, text=text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_x(left)
