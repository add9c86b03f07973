"""What is asked about a loss of data."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.protection.queries.held import KINDS
from soyol.protection.rules import Window
from soyol.workspace.asking import DAY_EXAMPLE

_DAY = {"placeholder": DAY_EXAMPLE}


class LossForm(forms.Form):
    """What was lost, in which days, and by which account."""

    what = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your own words. It stands in the notice to the state, and is kept encrypted."),
    )
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs=_DAY),
        help_text=_("Of a lost backup: the day on which it was made, both times."),
    )
    whole = forms.BooleanField(label=_("Everything, as in a lost backup"), required=False)
    tables = forms.MultipleChoiceField(
        label=_("Which data"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    account = forms.EmailField(
        label=_("Account that was misused"),
        required=False,
        help_text=_("Its e-mail address: then everybody counts at whose data it looked in these days."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = self.fields["tables"]
        if isinstance(tables, forms.MultipleChoiceField):
            tables.choices = [(kind.code, kind.label()) for kind in KINDS]

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return {
            "what": told["what"],
            "tables": [kind.code for kind in KINDS] if told["whole"] else told["tables"],
            "account": told["account"],
            "window": Window(_midnight(told["since"]), _midnight(told["until"] + timedelta(days=1))),
        }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
