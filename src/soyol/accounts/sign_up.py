"""The forms with which somebody makes an account by themselves: who they are, and the code out of the letter."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmEmailVerificationCodeForm, SignupForm
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from soyol.accounts import actions, queries
from soyol.accounts.forms import PASSWORD_SIGNS, shows_password, wishes
from soyol.accounts.models import User


class SignUpForm(SignupForm):  # type: ignore[misc] # allauth has no types
    """Name, address and one password. A known and an unknown address are answered alike."""

    account_already_exists: bool
    field_order = ("name", "email", "password1")
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As officers should address you. It is not shown to the public."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = _("E-mail address")
        email.help_text = _("A code comes to this address at once. You will sign in with it.")
        password.help_text = lazystr(wishes())
        # Not as an attribute of the box: browsers cut what is pasted without a word.
        password.validators.append(MaxLengthValidator(PASSWORD_SIGNS))
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)
        password.widget.attrs |= shows_password()

    def clean_email(self) -> str:
        """The address, unless too many codes went there; this is said before anything is made."""
        email: str = super().clean_email()
        if not ratelimit.consume(context.request, action="confirm_email", key=email, dry_run=True):
            raise get_adapter().validation_error("rate_limited")
        return email

    def validate_unique_email(self, value: str) -> str:
        """As allauth does, but an account that nobody finished within its time takes no address."""
        email: str = super().validate_unique_email(value)
        if self.account_already_exists and queries.outlived(email, actions.CODE_SECONDS):
            self.account_already_exists = False
        return email

    def clean(self) -> dict[str, Any]:
        """The password is not like the name either: allauth compares it with the address only."""
        told: dict[str, Any] = super().clean()
        password = told.get("password1")
        if password and "password1" not in self.errors:
            try:
                validate_password(password, User(email=told.get("email", ""), name=told.get("name", "")))
            except ValidationError as wrong:
                self.add_error("password1", wrong)
        return told

    def try_save(self, request: HttpRequest) -> Any:
        """As allauth does; a known address takes as long as an unknown one, whose password is hashed."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:  # the same address twice at the same moment
                self.account_already_exists = True
        make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class CodeForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc] # as above
    """The code out of the letter. For an address that has an account there is none that would be right."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        code = self.fields["code"]
        code.label = _("Code from the letter")
        code.widget.attrs |= {"inputmode": "numeric", "autofocus": True}
        code.widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Wrong where nobody is being verified: neither a lucky guess nor a late code tells of an account."""
        if self.user is None:
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()
        return code
