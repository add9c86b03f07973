"""Files as they were received, byte for byte."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file in the vault. ``sha256`` and ``size`` are of the plain bytes.

    ``forgotten_at``: since when its bytes are gone for good. The row stays without its name, for others speak of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    personal = models.BooleanField(_("holds data of persons"), default=True)
    kept_at = models.DateTimeField(_("received at"), default=timezone.now)
    kept_by = models.CharField(_("received by"), max_length=300, blank=True)
    forgotten_at = models.DateTimeField(_("forgotten at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering: ClassVar = ["-kept_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_storedfile_sha256_hex"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(forgotten_at__isnull=False), name="files_storedfile_forgotten"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Path below the vault: named by the id, never by what somebody called the file."""
        return f"{self.id.hex[:2]}/{self.id.hex}"

    @property
    def context(self) -> str:
        """What the sealed bytes are bound to: another file's bytes under this name do not open."""
        return f"files.StoredFile:{self.id.hex}"
