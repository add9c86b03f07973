"""The letters of a sheet: Noto Serif out of a Python package, the traditional script out of the front-end packages."""

import io
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

#: Weights of a sheet: running text, and what is to be seen first.
TEXT, STRONG = 400, 600
#: Tables that set letters closer or join them. The languages of a sheet are legible without, and cutting them to size
#: takes most of the time.
_FINE = ("GPOS", "GSUB", "GDEF")
_TRADITIONAL = "fonts/noto-sans-mongolian/noto-sans-mongolian-mongolian-400-normal.woff2"


def whole() -> bytes:
    """Noto Serif in all weights, as a browser takes it."""
    return (files("fontpkg_noto_serif") / "files" / "NotoSerif[wdth,wght].ttf").read_bytes()


def cut(text: str, weight: int) -> bytes:
    """Noto Serif in one weight, with the letters of ``text`` alone; some 0.2 s."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(whole()))
    for table in _FINE:
        if table in font:
            del font[table]
    chosen = subset.Subsetter(subset.Options(hinting=False, notdef_outline=True))
    chosen.populate(text=text)
    chosen.subset(font)
    made = io.BytesIO()
    instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}).save(made)
    return made.getvalue()


def traditional() -> bytes | None:
    """The font of the traditional script, where the set-up could install it."""
    found = finders.find(_TRADITIONAL) if settings.SOYOL_FONTS else None
    return Path(str(found)).read_bytes() if found else None
