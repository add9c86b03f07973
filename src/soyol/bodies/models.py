"""Bodies that keep lists and answer for things. They are renamed and dissolved, never deleted."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from soyol.bodies.choices import BodyKind
from soyol.fields import LanguageMapField
from soyol.fields.versions import Versioned


class Body(Versioned):
    """A body with its present names; earlier ones are in ``former_names``."""

    names = LanguageMapField(_("name"))
    kind = models.CharField(_("kind"), max_length=12, choices=BodyKind, default=BodyKind.OTHER)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    founded = models.DateField(_("founded"), null=True, blank=True)
    dissolved = models.DateField(_("dissolved"), null=True, blank=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(founded__isnull=True) | Q(dissolved__isnull=True) | Q(dissolved__gte=F("founded")),
                name="bodies_body_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.names)

    def exists_on(self, day: date) -> bool:
        """Whether the body existed on a day; a date that is not known hinders nothing."""
        return (self.founded is None or self.founded <= day) and (self.dissolved is None or day < self.dissolved)


class FormerName(models.Model):
    """How a body was called until a day (not included)."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="former_names")
    names = LanguageMapField(_("name"))
    until = models.DateField(_("until"))

    class Meta:
        ordering: ClassVar = ["-until"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "until"], name="bodies_formername_one_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.names)
