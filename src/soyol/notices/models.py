"""Messages that leave the house: to whom, what, and how far they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.fields import SealedTextField
from soyol.notices.choices import Channel, MessageState
from soyol.notices.rules import AGAIN, DROPPABLE


class Message(models.Model):
    """One message to one address. The row is the queue as well: what waits here goes out.

    Address, subject and body are sealed, and null once they were taken away; ``address_digest`` finds an address.
    ``reply_to`` and ``way_out`` go into the head of a letter: where answers go, and the address by which whoever reads
    it ends such letters with one click (RFC 8058), a secret of theirs.
    ``about`` says whom it concerns, as the audit writes it (``registry.Actor:A000000123``). ``lease`` is the secret of
    whoever sends it now. ``forget_body``: a code or a link, whose text is emptied as soon as it was sent.
    """

    channel = models.CharField(_("way"), max_length=4, choices=Channel)
    address = SealedTextField(null=True, blank=True)
    address_digest = models.CharField(max_length=64, blank=True)
    subject = SealedTextField(null=True, blank=True)
    body = SealedTextField(null=True, blank=True)
    reply_to = SealedTextField(null=True, blank=True)
    way_out = SealedTextField(null=True, blank=True)
    purpose = models.CharField(_("what for"), max_length=60)
    about = models.CharField(_("about"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20)
    forget_body = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=8, choices=MessageState, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("useless after"), null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True, editable=False)
    reference = models.CharField(max_length=200, blank=True)
    error_code = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="notices_message_waiting"),
            models.Index(fields=["begun_at"], condition=Q(state="sending"), name="notices_message_sending"),
            models.Index(fields=["state", "-id"], name="notices_message_state"),
            models.Index(fields=["about", "-id"], name="notices_message_about"),
            models.Index(fields=["address_digest"], name="notices_message_address"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notices_message_way_known"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="notices_message_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_try_at__isnull=False, address__isnull=False, body__isnull=False)
                | ~Q(state="waiting") & Q(next_try_at__isnull=True),
                name="notices_message_waits_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(begun_at__isnull=False) & ~Q(lease=""),
                name="notices_message_sending_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="notices_message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(address__isnull=True, address_digest="") | Q(address__isnull=False) & ~Q(address_digest=""),
                name="notices_message_address_found",
            ),
            models.CheckConstraint(
                condition=Q(forget_body=False) | Q(expires_at__isnull=False), name="notices_message_code_ends"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="notices_message_has_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk} {self.purpose} {self.state}"

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it sent once more, as far as its state and what is left of it tell."""
        return MessageState(self.state) in AGAIN and self.address is not None and self.body is not None

    @property
    def may_be_dropped(self) -> bool:
        """Whether a person may decide that it does not go out."""
        return MessageState(self.state) in DROPPABLE
