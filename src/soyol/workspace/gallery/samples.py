"""Invented content that shows each component of the pages in its states."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import BooleanField as TickField
from django.forms import CharField, CheckboxInput, ChoiceField, Form, RadioSelect, Textarea
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soyol.ui.facets import Choice, Group
from soyol.ui.shades import shades


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


BARS = SafeString(
    '<svg viewBox="0 0 400 84" role="img" aria-label="42, 17, 3">'
    '<rect class="chart-bar" x="120" y="4" width="240" height="20"/>'
    '<text class="chart-label" x="0" y="19" font-size="13">A</text>'
    '<rect class="chart-bar chart-bar--plus" x="120" y="32" width="97" height="20"/>'
    '<text class="chart-label" x="0" y="47" font-size="13">B</text>'
    '<rect class="chart-bar chart-bar--minus" x="120" y="60" width="17" height="20"/>'
    '<text class="chart-label" x="0" y="75" font-size="13">C</text></svg>'
)


def content() -> dict[str, Any]:
    """Everything that the gallery's template shows."""
    wrong = SampleForm(data={"kind": "person"})
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
        "pair": {
            "reason": _("Same register number; name equal after romanisation; phone differs"),
            "more": [_("same occupation")],
            "left": _("Film council"),
            "right": _("Survey"),
            "lines": [
                {"name": _("Name"), "left": "Blue Horse Studio", "right": "Blue Horse Studio", "same": True},
                {"name": _("Phone"), "left": "7700 0012", "right": "7700 0021", "same": False},
            ],
        },
        "bars": BARS,
        "key": [(shade.n, shade.label) for shade in shades([0, 1, 2, 3, 5, 8, 13, 21, 34, 55])],
        "steps": steps(),
    }


def steps() -> list[str]:
    """The four steps from a file to the registry."""
    return [_("Upload"), _("Columns"), _("Dry run"), _("Import")]
