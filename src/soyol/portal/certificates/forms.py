"""What somebody types from a sheet who has no camera."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    """Number and code as they are printed."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        help_text=_("It begins with C and stands below the facts."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Check code"),
        max_length=40,
        help_text=_("Eight letters and figures below the number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
