"""What people and organisations say of themselves, what they said before, and their photographs."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from soyol.fields import LanguageMap, SealedJSONField, SealedTextField
from soyol.fields.versions import Versioned
from soyol.files.models import StoredFile


class Profile(Versioned):
    """The own words of whoever holds an entry. No statements: they change nothing that the registry says.

    It stays with the number for which it was written; where it is shown is decided by ``queries.spoken``. Everything in
    it is sealed, for what is public today is not tomorrow. ``words``: texts by language; ``links``: label and address;
    ``contacts``: text and whether it is public, by way. ``hidden_at``: an officer has hidden it, with a reason.
    """

    actor = models.OneToOneField("registry.Actor", models.PROTECT, related_name="+")
    words = SealedJSONField(default=dict)
    links = SealedJSONField(default=list)
    contacts = SealedJSONField(default=dict)
    writer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.CharField(max_length=300, blank=True)
    hidden_reason = SealedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_by="") | (Q(hidden_at__isnull=False) & ~Q(hidden_by="")),
                name="profiles_profile_hidden_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.actor_id}"

    @property
    def content(self) -> dict[str, Any]:
        """What can be gone back to."""
        return {"words": self.words, "links": self.links, "contacts": self.contacts}

    @property
    def picture(self) -> "Photo | None":
        """The photograph, where there is one."""
        return getattr(self, "photo", None)


class Earlier(models.Model):
    """What stood in a profile before it was changed, kept so long as one may go back to it (``keeping``)."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="earlier")
    content = SealedJSONField()
    writer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-replaced_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["replaced_at"], name="profiles_earlier_replaced")]

    def __str__(self) -> str:
        return f"{self.profile_id} until {self.replaced_at:%Y-%m-%d %H:%M}"


class Photo(Versioned):
    """The photograph of a profile in three sizes. ``digest`` names its bytes in addresses; sizes are of the largest."""

    profile = models.OneToOneField(Profile, models.CASCADE, related_name="photo")
    digest = models.CharField(max_length=32)
    small = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    middle = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    large = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = SealedJSONField()
    credit = SealedTextField(blank=True, default="")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{32}$"), name="profiles_photo_digest_hex"),
        ]

    def __str__(self) -> str:
        return self.digest

    @property
    def files(self) -> list[StoredFile]:
        """The stored sizes."""
        return [self.small, self.middle, self.large]

    @property
    def shows(self) -> LanguageMap:
        """What the picture shows, by language."""
        return LanguageMap(self.alt)
