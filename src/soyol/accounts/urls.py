"""Addresses of signing in: allauth's, each with its door, and our own.

allauth's views declare no door. Those that we want are named here with theirs; a route that a new release of
allauth brings stays closed until somebody names it.
"""

from allauth import urls as allauth_urls
from django.urls import URLPattern, URLResolver, path

from soyol.accounts import views
from soyol.accounts.doors import door
from soyol.accounts.state import views as state

PUBLIC = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_confirm_login_code",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
SIGNED_IN = frozenset(
    {
        "account_reauthenticate",
        "account_email",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


def _open_named_doors(patterns: list[URLPattern | URLResolver]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _open_named_doors(pattern.url_patterns)
        elif pattern.name in PUBLIC:
            door(public=True)(pattern.callback)
        elif pattern.name in SIGNED_IN:
            door(signed_in=True, second_factor=False)(pattern.callback)


_open_named_doors(allauth_urls.urlpatterns)

urlpatterns = [
    path("invitation/<str:token>/", views.accept, name="accept_invitation"),
    path("recover/<str:token>/", views.recover, name="recover_account"),
    path("state/begin/", state.begin, name="state_begin"),
    path("state/back/", state.back, name="state_back"),
    *allauth_urls.urlpatterns,
]
