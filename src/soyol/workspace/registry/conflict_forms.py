"""Forms for settling what lists say differently."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from soyol.ui.versions import newly
from soyol.workspace.registry.forms import WithReason


class _Settling(WithReason):
    """Remembers what was said when the page was shown; ``now``: what is said when it comes back."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.now = now

    def clean(self) -> dict[str, Any]:
        """Whoever settles has seen what there is: somebody else may have settled it, or added a value."""
        told = super().clean() or {}
        if told.get("seen") and told["seen"] != self.now:
            self.data = newly(self.data, "seen", self.now)
            raise ValidationError(
                _("Somebody else settled this or added a value meanwhile. Look again, then send what you still want."),
                code="meanwhile",
            )
        return told


class ChooseForm(_Settling):
    """The statement whose value is shown from now on."""

    statement = forms.TypedChoiceField(label=_("Which value is right"), coerce=int, widget=forms.RadioSelect)
    field_order = ("statement", "reason")

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statement"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = offered


class LeaveForm(_Settling):
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
