"""Accounts, what they are granted, and one-time links."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.accounts.choices import Document, Role
from soyol.audit import By
from soyol.fields.sealed import SealedTextField
from soyol.fields.versions import Versioned

DAYS_IN_ORDER = _("The last day is before the first. Give a later last day, or none.")


class UserManager(BaseUserManager["User"]):
    """Accounts by e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, however it is written."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """An account. It may do nothing by itself: grants say what, where and how long."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_sample = models.BooleanField(_("invented account"), default=False, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Addresses are kept in lower case: people write theirs both ways."""
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the address in lower case."""
        self.email = self.email.lower()
        super().save(*args, **options)

    def get_full_name(self) -> str:
        """The name."""
        return self.name

    @property
    def by(self) -> By:
        """This account as whoever acts."""
        return By(kind="person", id=str(self.pk), name=self.name)


class Grant(Versioned):
    """A role from a day to a day (both included).

    With a place it reaches what lies there, with a body what is that body's, with both what is both, with neither
    everything.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day; empty: until it is ended."))
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering: ClassVar = ["user__name", "role", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_grant_dates_in_order",
                violation_error_message=DAYS_IN_ORDER,
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.PROVINCE_OFFICER) | Q(unit__isnull=False),
                name="accounts_grant_province_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} {self.unit_id or '*'}"


class Invitation(models.Model):
    """An invitation to an account with one grant, accepted once by whoever holds the link. Only its hash is kept."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_invitation_dates_in_order",
                violation_error_message=DAYS_IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.role} {self.unit_id or '*'}"


class EntryLink(models.Model):
    """A one-time sign-in link of an invented account. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"


class Recovery(models.Model):
    """An account that an officer gives to a new address because the old one is lost; once, in a day.

    Of the link only its hash is kept. At most one of an account is open.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="recoveries", verbose_name=_("account"))
    email = SealedTextField(_("new e-mail address"))
    document = models.CharField(_("document"), max_length=20, choices=Document)
    compared = SealedTextField(_("what was compared"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_recovery_one_open",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accounts_recovery_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"
