"""What somebody agreed to: the words, and each choice that was made by them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from soyol.fields import LanguageMapField, SealedTextField
from soyol.registry.choices import Channel, Purpose, Told
from soyol.registry.models.actors import Actor, GuardedQuerySet
from soyol.registry.rules.refusals import Refused


class Kept(models.Model):
    """Written once: a text of consent or a choice is followed by another one, never changed."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert once; a second save is refused."""
        if not self._state.adding:
            raise Refused("bare_save", model=type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse."""
        raise Refused("bare_save", model=type(self).__name__)


class ConsentText(Kept):
    """The words to which somebody agrees for one purpose. ``digest``: SHA-256 of the words in all languages.

    ``since``: from when on they are the ones that are shown. ``asks``: whoever chose by earlier words is asked anew.
    """

    purpose = models.CharField(max_length=10, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    texts = LanguageMapField()
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    asks = models.BooleanField(default=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["purpose", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "version"], name="registry_consenttext_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentChoice(Kept):
    """Yes or no of an actor to one purpose; the newest holds.

    It stays with the number under which it was made. Where that number leads to another one, it counts there, and when
    the two are taken apart it is back without having moved. People are named by id only. What was told to an officer
    says how (``told``), to which ``office``, and by which document or call it can be shown (``proof``).
    """

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="choices")
    purpose = models.CharField(max_length=10, choices=Purpose)
    given = models.BooleanField()
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="choices")
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=10, choices=Channel)
    user_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    told = models.CharField(max_length=10, choices=Told, blank=True, default="")
    office = models.CharField(max_length=300, blank=True, default="")
    proof = SealedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(channel=Channel.DESK) | ~Q(told=""), name="registry_consentchoice_desk_says_how"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["actor", "purpose", "-at"], name="registry_choice_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.purpose}: {'yes' if self.given else 'no'}"

    @property
    def where(self) -> str:
        """Where and how it was said, in words: the way, and for what was told to an officer how and to which office."""
        return ", ".join(filter(None, (self.get_channel_display(), self.get_told_display(), self.office)))
