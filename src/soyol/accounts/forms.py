"""Forms of the sign-in pages."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import MaxLengthValidator
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

#: Most signs of a password: hashing longer ones would be work for whoever wants us busy.
PASSWORD_SIGNS = 128


def wishes() -> str:
    """What a password must be, in one paragraph."""
    return " ".join(str(wish) for wish in password_validators_help_texts())


def shows_password() -> dict[str, object]:
    """Attributes of a password box that lead to a button which shows what was typed, where there is a script."""
    return {"data-show": _("Show the password"), "data-hide": _("Hide the password")}


class NewPasswordForm(forms.Form):
    """One new password, shown on demand instead of typed twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        validators=[MaxLengthValidator(PASSWORD_SIGNS)],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", **shows_password()}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type] # passed on as they came
        self.fields["password"].help_text = lazystr(wishes())


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
        self.fields["password"].help_text = lazystr(wishes())

    def clean(self) -> dict[str, object] | None:
        """Both passwords must be the same."""
        told = super().clean()
        if told and told.get("password") != told.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return told
