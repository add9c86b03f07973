"""Forms for settling what lists say differently."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from soyol.workspace.registry.forms import WithReason


class ChooseForm(WithReason):
    """The statement whose value is shown from now on."""

    statement = forms.TypedChoiceField(label=_("Which value is right"), coerce=int, widget=forms.RadioSelect)
    field_order = ("statement", "reason")

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statement"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = offered


class LeaveForm(WithReason):
    """Leaving both."""


class BelieveForm(WithReason):
    """Which list is believed before which."""

    better = forms.ChoiceField(label=_("Believe"))
    worse = forms.ChoiceField(label=_("before"))
    field_order = ("better", "worse", "reason")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("better", offered), ("worse", offered[::-1])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Two different lists."""
        told = super().clean() or {}
        if told.get("better") and told.get("better") == told.get("worse"):
            raise ValidationError(_("Choose two different lists."))
        return told
