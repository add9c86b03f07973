"""Codes of authenticator apps: the one by which an app is set up is used up by that, as any other."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import encrypt
from django.utils.translation import gettext as _


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """Set up an authenticator app. allauth leaves the code good for one sign-in by whoever read it meanwhile."""

    def clean_code(self) -> str:
        """The code, which opens nothing else from now on."""
        code: str = super().clean_code()
        app = TOTP(Authenticator(user=self.user, type=Authenticator.Type.TOTP, data={"secret": encrypt(self.secret)}))
        if not app.validate_code(code):
            self.add_error("code", _("This code is used. Wait for the next one."))
        return code
