"""Forms of the sign-in pages."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _


def _wishes() -> str:
    return " ".join(str(wish) for wish in password_validators_help_texts())


class AcceptForm(forms.Form):
    """What the invited person says: how they are called, and their password, twice."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type] # passed on as they came
        self.fields["password"].help_text = lazystr(_wishes())

    def clean(self) -> dict[str, object] | None:
        """Both passwords must be the same."""
        told = super().clean()
        if told and told.get("password") != told.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return told
