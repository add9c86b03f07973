"""What stands on a sheet, in order and in every language, before anybody draws it.

Both ways of printing take it from here, so that neither says more or less than the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.certificates.models import Certificate
from soyol.certificates.queries.facts import languages
from soyol.certificates.queries.secrets import code_of, link_of, place_to_check
from soyol.registry.packing import pack

#: One text in each language of the sheet, the country's own first; a single one where all say the same.
Said = tuple[str, ...]
#: The script of which the pack may have a title that is set from top to bottom.
TRADITIONAL = "Mong"
#: Signs of the code between two blanks, as people read them aloud.
GROUP = 4
#: Signs of who issued it: beside the QR code there is room for three lines.
LONGEST_ISSUER = 110


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: what it is called and what is said, each in every language."""

    label: Said
    value: Said


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate ready to be drawn. ``vertical``: the title in traditional script, or "" where the pack has none."""

    languages: tuple[str, ...]
    number: str
    registry: Said
    title: Said
    declares: Said
    name: Said
    lines: tuple[Line, ...]
    below: tuple[Line, ...]
    check: Said
    code: Line
    link: str
    invented: Said
    vertical: str

    @property
    def titled(self) -> str:
        """What the document is called by programs that list documents."""
        return f"{self.title[0]} {self.number}"


def sheet_of(certificate: Certificate) -> Sheet:
    """The sheet of a certificate, out of what was certified; nothing is asked of the registry."""
    facts = certificate.facts
    code = code_of(certificate)
    until = [_range(certificate, lang) for lang in languages()]
    issuer = Truncator(", ".join(filter(None, (certificate.issued_by, certificate.office)))).chars(LONGEST_ISSUER)
    return Sheet(
        languages=tuple(languages()),
        number=certificate.number,
        registry=said(lambda: _("The registry of cultural life")),
        title=said(lambda: _("Certificate of registration")),
        declares=said(lambda: _("This certifies that the registry of cultural life holds the following entry.")),
        name=_once(facts["names"][lang] for lang in languages()),
        lines=tuple(_lines(facts)),
        below=(
            Line(said(lambda: _("Certificate number")), (certificate.number,)),
            Line(said(lambda: _("Valid")), _once(until)),
            Line(
                said(lambda: _("Issued by")), (issuer,) if issuer else said(lambda: _("the registry, for its holder"))
            ),
        ),
        check=said(_how_to_check),
        code=Line(
            said(lambda: _("Check code")), (" ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)),)
        ),
        link=link_of(certificate),
        invented=said(lambda: _("Sample: this entry is invented.")) if facts.get("invented") else (),
        vertical=_vertical(),
    )


def said(word: Callable[[], str]) -> Said:
    """A text of ours in every language of the sheet."""
    found = []
    for code in languages():
        with override(code):
            found.append(str(word()))
    return _once(found)


def _how_to_check() -> str:
    place = place_to_check().split("://")[1]
    return _(
        "To check, scan the code, or open %(place)s and type the certificate number and the check code. "
        "What is shown there on the day counts."
    ) % {"place": place}


def _lines(facts: Mapping[str, Any]) -> Iterable[Line]:
    yield Line(said(lambda: _("Kind")), _each(facts["kinds"]))
    if facts["domains"]:
        yield Line(said(lambda: _("Cultural domain")), _joined(facts["domains"]))
    if facts["occupations"]:
        yield Line(said(lambda: _("Occupations")), _joined(facts["occupations"]))
    if facts["place"]:
        yield Line(said(lambda: _("Place")), _each(facts["place"]))
    yield Line(said(lambda: _("Registry number")), (facts["number"],))
    since = [_day(facts["since"], lang) for lang in languages()]
    yield Line(said(lambda: _("In the registry since")), _once(since))


def _each(words: Mapping[str, str]) -> Said:
    return _once(capfirst(words[lang]) for lang in languages())


def _joined(words: Mapping[str, list[str]]) -> Said:
    return _once(capfirst("; ".join(words[lang])) for lang in languages())


def _once(texts: Iterable[str]) -> Said:
    return tuple(dict.fromkeys(texts))


def _day(iso: str, lang: str) -> str:
    return pack().dates.format_date(iso, lang, "short")


def _range(certificate: Certificate, lang: str) -> str:
    first, last = (each.isoformat() for each in (certificate.valid_from, certificate.valid_until))
    return f"{_day(first, lang)} – {_day(last, lang)}"


def _vertical() -> str:
    """The pack's title in its traditional script, where the country has one."""
    tags = [each.code for each in pack().languages if each.script == TRADITIONAL]
    titles = pack().signs.get("certificate", {})
    return next((titles[tag] for tag in tags if tag in titles), "")
