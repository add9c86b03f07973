"""What is written about a public body."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body
from soyol.places.models import Unit

#: Whether a body that lies there (code of a unit, or None) is for the account to manage.
Reached = Callable[[str | None], bool]
DAY = {"placeholder": "2026.11.22"}
LANGUAGES = ("mn", "en")


class BodyForm(forms.Form):
    """A new public body."""

    name_mn = forms.CharField(label=_("Name in Mongolian"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What kind of body"), choices=BodyKind, initial=BodyKind.INSTITUTION)
    unit = forms.ModelChoiceField(
        label=_("Which province"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Where it works; a body of the state works in the whole country."),
    )
    founded = forms.DateField(label=_("Founded on"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, reached: Reached, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = reached
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(level=1).order_by("sort_key")
            unit.empty_label = str(_("the whole country"))

    def clean(self) -> dict[str, Any]:
        """Nobody founds a body, or moves one, to where they may not manage it."""
        given = super().clean() or self.cleaned_data
        unit = given.get("unit")
        if "unit" not in self.errors and not self.reached(unit.pk if unit else None):
            self.add_error("unit", _("Your role reaches only bodies of your own place. Choose it, or ask a colleague."))
        return given

    def names(self) -> dict[str, str]:
        """The names that were given, by language."""
        given = {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}
        return {language: name for language, name in given.items() if name}


class ChangeForm(BodyForm):
    """A body that is there: its life goes on, or something about it was written wrong."""

    renamed_on = forms.DateField(
        label=_("Called so since"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text=_("If it was given a new name: the first day of that name. Leave it empty to mend a slip."),
    )
    dissolved = forms.DateField(
        label=_("Dissolved on"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text=_("The first day on which it is no more. Its lists and what it did stay."),
    )
    field_order = ("name_mn", "name_en", "renamed_on", "kind", "unit", "founded", "dissolved")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.of(body), **kwargs)
        self.body = body

    @staticmethod
    def of(body: Body) -> dict[str, Any]:
        """The form's values for a body as it is."""
        same = {name: getattr(body, name) for name in ("kind", "unit", "founded", "dissolved")}
        return {**{f"name_{language}": body.names.get(language, "") for language in LANGUAGES}, **same}

    def clean(self) -> dict[str, Any]:
        """Its days follow one another."""
        given = super().clean()
        founded = given.get("founded")
        for name in ("renamed_on", "dissolved"):
            if founded and given.get(name) and given[name] < founded:
                self.add_error(name, _("This day is before the one on which it began."))
        return given

    def names(self) -> dict[str, str]:
        """The names that were given; names in languages that the form does not ask for stay."""
        others = {tag: name for tag, name in self.body.names.items() if tag not in LANGUAGES}
        return {**others, **super().names()}
