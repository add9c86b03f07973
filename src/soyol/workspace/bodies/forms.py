"""What is written about a public body."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body
from soyol.places.models import Unit
from soyol.ui.versions import VersionForm
from soyol.workspace.asking import DAY_EXAMPLE, name_fields, names_to_ask, names_told, offer_places

#: Whether a body that lies there (code of a unit, or None) is for the account to manage.
Reached = Callable[[str | None], bool]
DAY = {"placeholder": DAY_EXAMPLE}


class BodyForm(forms.Form):
    """A new public body."""

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
        self.fields = {**name_fields(), **self.fields}
        self.reached = reached
        offer_places(self)

    def clean(self) -> dict[str, Any]:
        """Nobody founds a body, or moves one, to where they may not manage it."""
        given = super().clean() or self.cleaned_data
        unit = given.get("unit")
        if "unit" not in self.errors and not self.reached(unit.pk if unit else None):
            self.add_error("unit", _("Your role reaches only bodies of your own place. Choose it, or ask a colleague."))
        return given

    def names(self) -> dict[str, str]:
        """The names that were given, by language."""
        return names_told(self.cleaned_data)


class ChangeForm(BodyForm, VersionForm):
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

    def __init__(self, *args: Any, body: Body, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={**self.of(body), **(initial or {})}, **kwargs)
        self.body = body
        self.remember(body, self.of(body))
        self.order_fields([*name_fields(), "renamed_on", "kind", "unit", "founded", "dissolved"])

    @staticmethod
    def of(body: Body) -> dict[str, Any]:
        """The form's values for a body as it is."""
        same = {name: getattr(body, name) for name in ("kind", "unit", "founded", "dissolved")}
        return {**names_to_ask(body.names), **same}

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
        others = {tag: name for tag, name in self.body.names.items() if tag not in dict(settings.LANGUAGES)}
        return {**others, **super().names()}
