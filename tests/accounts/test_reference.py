"""The page about access says what the code does."""

from pathlib import Path

from django.conf import settings

from soyol.accounts import actions
from soyol.accounts.choices import Permission, Role
from soyol.accounts.forms import PASSWORD_SIGNS
from soyol.accounts.middleware import METHODS
from soyol.accounts.rules import OF_BODIES, PERMISSIONS, WHOLE
from soyol.workspace import looks

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/access.md").read_text(encoding="utf-8")


def _yes(told: bool) -> str:
    return "yes" if told else "–"


def test_the_page_says_of_every_permission_who_holds_it_and_where() -> None:
    lines = [f"| Permission | {' | '.join(role.value for role in Role)} | of a place | of a body |"]
    lines.append("| --- |" + " --- |" * (len(Role) + 2))
    for each in Permission:
        held = [_yes(each in PERMISSIONS[role]) for role in Role]
        lines.append(f"| {each.value} | {' | '.join(held)} | {_yes(each not in WHOLE)} | {_yes(each in OF_BODIES)} |")
    assert "\n".join(lines) in PAGE


def test_the_page_names_every_purpose_of_a_look() -> None:
    told = {value for name, value in vars(looks).items() if name.isupper() and isinstance(value, str)}
    assert {purpose for purpose in told - {looks.PAIRS} if purpose.strip() not in PAGE} == set()
    assert len(told) >= 10


def test_the_page_says_which_methods_are_answered_and_the_limits_of_signing_in() -> None:
    assert f"other than {', '.join(METHODS)} |" in PAGE
    hours = [
        f"{seconds // 3600} hours |" for seconds in (settings.SESSION_ABSOLUTE_SECONDS, settings.SESSION_IDLE_SECONDS)
    ]
    assert all(each in PAGE for each in hours)
    limits = settings.ACCOUNT_RATE_LIMITS
    assert (limits["login_failed"], limits["reset_password"]) == ("10/5m/ip,5/5m/key", "10/h/ip,3/h/key")
    least = settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"]
    assert f"{least} signs at least" in PAGE


def test_the_page_says_the_limits_of_signing_up() -> None:
    limits = settings.ACCOUNT_RATE_LIMITS
    assert (limits["signup"], limits["confirm_email"]) == ("60/h/ip", "1/30s/key,6/h/key,60/h/ip")
    minutes = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
    digits = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT["length"]
    tries = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS
    assert f"| {digits} digits, {minutes} minutes, {tries} tries," in PAGE
    assert f"{settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND} more for one sign-up" in PAGE
    assert minutes * 60 == actions.CODE_SECONDS
    assert f"{PASSWORD_SIGNS} at most" in PAGE
