"""A sheet as one HTML page that needs nothing from outside: style, letters, frame and QR code stand in it."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from soyol.certificates.printing import drawing, fonts
from soyol.certificates.printing.fitting import SIZES, name_size, scale_of
from soyol.certificates.printing.sheet import Line, Said, Sheet


def page(sheet: Sheet, traditional: bytes) -> str:
    """The whole page. Its policy lets nothing be fetched and nothing be run, whatever stands in a name."""
    style = _style(traditional)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:"
    lang = escape(sheet.languages[0])
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        f"<title>{escape(sheet.titled)}</title>\n<style>{style}</style>\n</head>\n<body>\n{_frame()}\n"
        f"{_vertical(sheet)}\n<main>\n{_head(sheet)}\n{_scaled(sheet)}\n</main>\n"
        f"{_below(sheet)}\n</body>\n</html>\n"
    )


def _style(traditional: bytes) -> str:
    faces = ((("Noto Serif", "100 900", "ttf"), fonts.whole()), (("Noto Sans Mongolian", "400", "woff2"), traditional))
    told = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f"src:url(data:font/{kind};base64,{base64.b64encode(letters).decode()})}}\n"
        for (family, weight, kind), letters in faces
    )
    return told + files("soyol.certificates.printing").joinpath("style.css").read_text(encoding="utf-8")


def _frame() -> str:
    lines = "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line) for line in drawing.frame())
    left, top, width, height = drawing.fine_line()
    return (
        f'<svg class="frame" viewBox="0 0 {drawing.WIDTH:g} {drawing.HEIGHT:g}" aria-hidden="true">'
        f'<path class="hammer" d="{lines}"/>'
        f'<rect class="fine" x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"/></svg>'
    )


def _vertical(sheet: Sheet) -> str:
    tag = f"{sheet.languages[0]}-Mong"
    return f'<p class="vertical" lang="{escape(tag)}">{escape(sheet.vertical)}</p>' if sheet.vertical else ""


def _head(sheet: Sheet) -> str:
    registry = f'<p class="registry">{_side_by_side(sheet, sheet.registry)}</p>'
    title = f"<h1>{_spoken(sheet, sheet.title, 0)}</h1>" + _others(sheet, sheet.title, "second")
    invented = "".join(f'<p class="invented">{escape(text)}</p>' for text in sheet.invented)
    declares = f'<p class="declares">{_spoken(sheet, sheet.declares, 0)}</p>' + _others(
        sheet, sheet.declares, "declares muted"
    )
    return registry + title + invented + declares


def _scaled(sheet: Sheet) -> str:
    share = round(scale_of(sheet) * 100)
    return f'<div class="scaled scaled--{share}">{_name(sheet)}\n{_lines(sheet, sheet.lines, "facts")}</div>'


def _name(sheet: Sheet) -> str:
    size = 1 + [size for _most, size in SIZES].index(name_size(sheet.name[0]))
    others = _others(sheet, sheet.name, "name__other")
    return f'<div class="name name--{size}"><p class="name__first">{_spoken(sheet, sheet.name, 0)}</p>{others}</div>'


def _lines(sheet: Sheet, lines: Iterable[Line], kind: str) -> str:
    told = "".join(
        f"<dt>{_spoken(sheet, line.label, 0)}{_others(sheet, line.label, 'label')}</dt>"
        f"<dd>{_spoken(sheet, line.value, 0)}{_others(sheet, line.value, 'muted')}</dd>"
        for line in lines
    )
    return f'<dl class="{kind}">{told}</dl>'


def _below(sheet: Sheet) -> str:
    count, runs = drawing.squares(sheet.link)
    drawn = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in runs)
    code = f'<svg class="code" viewBox="0 0 {count} {count}"><title>QR</title><path d="{drawn}"/></svg>'
    check = f'<p class="check">{_spoken(sheet, sheet.check, 0)}</p>' + _others(sheet, sheet.check, "check muted")
    facts = _lines(sheet, (*sheet.below, sheet.code), "below__facts")
    return f'<footer class="below">{code}{facts}<div class="below__check">{check}</div></footer>'


def _spoken(sheet: Sheet, text: Said, at: int) -> str:
    """One text in its language; a text that all languages share is in none of them."""
    if len(text) == 1:
        return escape(text[0])
    return f'<span lang="{escape(sheet.languages[at])}">{escape(text[at])}</span>'


def _side_by_side(sheet: Sheet, text: Said) -> str:
    return " · ".join(_spoken(sheet, text, at) for at in range(len(text)))


def _others(sheet: Sheet, text: Said, kind: str) -> str:
    return "".join(f'<p class="{kind}">{_spoken(sheet, text, at)}</p>' for at in range(1, len(text)))
