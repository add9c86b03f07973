"""Entries of the audit. The database itself refuses to change or delete them (see ``triggers``)."""

import json
from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.audit.choices import ActorKind, EntryKind
from soyol.fields import SealedTextField


class AppendOnly(Exception):
    """Somebody tried to change or delete an entry of the audit."""


class EntrySet(models.QuerySet["Entry"]):
    """Reading and creating only."""

    def update(self, **values: Any) -> Never:
        """Refuse."""
        raise AppendOnly("audit entries are never changed")

    def delete(self) -> Never:
        """Refuse."""
        raise AppendOnly("audit entries are never deleted")

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        """Refuse."""
        raise AppendOnly("audit entries are never changed")


class Entry(models.Model):
    """One thing that was done, or one look at one person's data.

    ``detail`` is JSON text, kept as text so that both engines give back the very signs that were hashed; details
    with values of persons are in ``sealed_detail`` instead. ``position`` and ``digest`` are filled by the sealer.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=EntryKind, default=EntryKind.DID)
    actor_kind = models.CharField(_("who"), max_length=8, choices=ActorKind)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(_("name"), max_length=300, blank=True)
    on_behalf = models.CharField(_("on behalf of"), max_length=300, blank=True)
    action = models.CharField(_("action"), max_length=100)
    target = models.CharField(_("about"), max_length=200, blank=True)
    detail = models.TextField(_("detail"), default="{}")
    sealed_detail = SealedTextField(null=True)
    position = models.BigIntegerField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[models.Manager["Entry"]] = EntrySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["target", "-id"], name="audit_entry_target"),
            models.Index(fields=["actor_id", "-id"], name="audit_entry_actor"),
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="audit_entry_unsealed"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["position"], name="audit_entry_position_once"),
            models.CheckConstraint(
                condition=Q(position__isnull=True, digest="") | Q(position__gte=1) & ~Q(digest=""),
                name="audit_entry_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name or self.actor_kind}: {self.action} {self.target}"

    def save(self, *args: Any, **options: Any) -> None:
        """Insert once; a second save is refused."""
        if not self._state.adding:
            raise AppendOnly("audit entries are never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Never:
        """Refuse."""
        raise AppendOnly("audit entries are never deleted")

    @property
    def told(self) -> dict[str, Any]:
        """The detail as a value; opens the sealed one."""
        found: dict[str, Any] = json.loads(self.sealed_detail if self.sealed_detail is not None else self.detail)
        return found
