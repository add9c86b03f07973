"""Invented content that shows each component of the pages in its states."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import BooleanField as TickField
from django.forms import CharField, CheckboxInput, ChoiceField, Form, RadioSelect, Textarea
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soyol.lib.charts import Item, bar
from soyol.lib.differences import pieces
from soyol.profiles.choices import Way
from soyol.profiles.queries import tongues
from soyol.profiles.queries.spoken import Link, Reached, Text
from soyol.profiles.queries.spoken import Said as OwnWords
from soyol.ui.facets import Choice, Group
from soyol.workspace.registry.beside import Beside, Head, Line, Value
from soyol.workspace.words import language


class SampleForm(Form):
    """One field of every shape."""

    name = CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands on the sign or the passport."))
    kind = ChoiceField(
        label=gettext_lazy("Kind"),
        widget=RadioSelect,
        choices=[("person", gettext_lazy("Person")), ("organisation", gettext_lazy("Organisation"))],
    )
    note = CharField(label=gettext_lazy("Note"), widget=Textarea, required=False)
    agreed = TickField(label=gettext_lazy("May be shown in the directory"), required=False, widget=CheckboxInput)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the statement row shows it."""

    field: str
    value: str
    source: str
    observed_on: date
    shown: bool = False
    withdrawn: bool = False
    href: str = "#statement"


#: Words of no language: the lines of the catalogue are shown where they are made.
WEIGHED = [("A", -9.6), ("B", 13.9), ("C", 4.2), ("D", -3.4)]


def _bars() -> SafeString:
    items = [Item("A", 42), Item("B", 17), Item("C", None)]
    title = _("Which lists send most rows?")
    return mark_safe(bar(items, title=title, lang=language()))  # noqa: S308 - drawn by us


def content() -> dict[str, Any]:
    """Everything that the gallery's template shows."""
    wrong = SampleForm(data={"kind": "person"}, auto_id="wrong_%s")
    wrong.is_valid()
    pages: Page[int] = Paginator(range(1, 200), 25).page(2)
    return {
        "form": SampleForm(),
        "wrong": wrong,
        "pages": pages,
        "groups": [
            Group(
                title=_("Kind"),
                open=True,
                choices=[
                    Choice(label=_("Person"), count=812, href="?kind=person", applied=False),
                    Choice(label=_("Organisation"), count=1204, href="?", applied=True),
                ],
            )
        ],
        "statements": [
            Said(_("Name"), "Blue Horse Studio", _("Film council"), date(2026, 3, 1), shown=True),
            Said(_("Name"), "Blue Horse Film", _("Company register"), date(2024, 7, 11)),
            Said(_("Name"), "BHS", _("Survey"), date(2019, 1, 5), withdrawn=True),
        ],
        "weighed": {"steps": WEIGHED, "sure": 0.97},
        "beside": _beside(),
        "bars": _bars(),
        "key": [("map-zero", "0"), ("map-shade-1", "1–4"), ("map-shade-3", "5–20"), ("map-shade-5", "21–55")],
        "steps": steps(),
        "own": _own_words(),
    }


def _own_words() -> OwnWords:
    words = [_("I have played since I was a child."), _("Now I have pupils.")]
    texts = [Text(tongue, words) for tongue in tongues()]
    links = [Link(_("My music"), "https://example.org/")]
    return OwnWords(texts, links, [Reached(Way.MAIL, "horse@example.org")], None)


def steps() -> list[str]:
    """The four steps from a file to the registry."""
    return [_("Upload"), _("Columns"), _("Dry run"), _("Import")]


def _beside() -> Beside:
    lists = (_("Film council"), _("Survey"))
    heads = [
        Head(sign, "Blue Horse Studio", "", "", _("organisation"), [name])
        for sign, name in zip("AB", lists, strict=True)
    ]
    phones = pieces("7700 0012", "7700 0021")
    return Beside(
        heads,
        [
            Line(_("Name"), True, [[Value([("Blue Horse Studio", False)], name)] for name in lists]),
            Line(_("Phone"), False, [[Value(told, name)] for told, name in zip(phones, lists, strict=True)]),
        ],
    )
