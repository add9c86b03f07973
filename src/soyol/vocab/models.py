"""Code lists with versions, and crosswalks between them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from soyol.fields import LanguageMap, LanguageMapField


class Scheme(models.Model):
    """One version of a code list. A version that is in use never changes its codes: changes make a new one."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.CharField(_("version"), max_length=20)
    names = LanguageMapField(_("name"))
    current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("code list")
        verbose_name_plural = _("code lists")
        ordering: ClassVar = ["code", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="vocab_scheme_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="vocab_scheme_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Term(models.Model):
    """One entry of a code list. ``more`` holds what only that list tells, such as the domain of an occupation."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="terms")
    code = models.CharField(_("code"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    names = LanguageMapField(_("name"))
    synonyms = models.JSONField(default=list, blank=True)
    more = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField()
    retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar = ["scheme", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="vocab_term_code_once"),
        ]

    def __str__(self) -> str:
        return str(LanguageMap(self.names))


class Crosswalk(models.Model):
    """A term of one list and the term of another that covers it."""

    source = models.ForeignKey(Term, models.CASCADE, related_name="leads_to")
    target = models.ForeignKey(Term, models.CASCADE, related_name="comes_from")

    class Meta:
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "target"], name="vocab_crosswalk_pair_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="vocab_crosswalk_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
