"""Our wishes to allauth: where one goes after signing in, names for addresses, guessing that locks nobody out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from soyol.accounts import actions, queries
from soyol.accounts.choices import Permission
from soyol.accounts.models import User
from soyol.notices.backend import ABOUT

#: Where a browser keeps that somebody signed in with it, and for how long (seconds).
KNOWN_BROWSER = "__Host-soyol_known" if settings.SOYOL_HTTPS else "soyol_known"
KNOWN_FOR = 90 * 24 * 3600
_SALT = "soyol.accounts.known_browser"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no type marker
    """Everybody signs up by themselves; an account alone may do nothing."""

    def new_user(self, request: HttpRequest) -> User:
        """A fresh account; told to whoever reads the code as ours."""
        return User()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001 - allauth's signature
        """The account with its name; one that nobody finished within its time gives way."""
        actions.drop_unfinished(email=form.cleaned_data["email"], older_than=actions.CODE_SECONDS)
        user.name = form.cleaned_data["name"]
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Somebody proved that an address is theirs; what that means is written down with it."""
        with transaction.atomic():
            confirmed: bool = super().confirm_email(request, email_address)
            if confirmed:
                actions.note_confirmed(user=email_address.user)
        return confirmed

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk for whoever works there, their own page for everybody else."""
        return home_of(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """As after signing in."""
        return home_of(request.user)

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponseBase:
        """Let the browser remember that its owner signed in here."""
        answer: HttpResponseBase = super().post_login(request, user, **options)
        answer.set_cookie(
            KNOWN_BROWSER,
            signing.dumps(user.pk, salt=_SALT),
            max_age=KNOWN_FOR,
            httponly=True,
            secure=settings.SOYOL_HTTPS,
            samesite="Lax",
        )
        return answer

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Tell the outbox whose account a letter is about; it takes the header off before the letter leaves."""
        letter: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        user = context.get("user")
        if not isinstance(user, User):
            user = User.objects.filter(email__in=[address.lower() for address in letter.to]).first()
        if user is not None:
            letter.extra_headers[ABOUT] = f"accounts.User:{user.pk}"
        return letter

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures in a browser where the owner has signed in count apart from those of strangers.

        So who guesses at an account is stopped, and its owner is not: in a known browser there are as many tries again.
        """
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        login = credentials.get("email", credentials.get("username", ""))
        return f"{key}:known" if _knows(request, login) else key


def _knows(request: HttpRequest, login: str) -> bool:
    """Whether the owner of the account with this address has signed in with this browser."""
    try:
        owner = signing.loads(request.COOKIES.get(KNOWN_BROWSER, ""), salt=_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return False
    return User.objects.filter(pk=owner, email=login.strip().lower()).exists()


def shown_name(user: User) -> str:
    """How allauth's pages and letters address somebody."""
    return user.name


def home_of(user: User | AnonymousUser) -> str:
    """Where somebody begins: the desk, their own page, or the first page where there is none of one's own."""
    if queries.may(user, Permission.SEE_DESK):
        return reverse("desk:start")
    try:
        return reverse("portal:mine")
    except NoReverseMatch:
        return "/"
