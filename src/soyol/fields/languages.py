"""Content in several languages: one JSON value ``{"mn": …, "en": …, "mn-Mong": …}``.

Language tags are BCP 47. A text in traditional script is kept exactly as it was given; only texts without any
sign are left out.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

#: language, optional script, optional region: mn, en, mn-Mong, mn-Latn-MN.
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


class LanguageMap(dict[str, str]):
    """Texts by language tag; ``str()`` of it is the text for the reader's language."""

    def best(self, language: str | None = None) -> str:
        """The text in ``language`` (default: the reader's), else in English, else the first there is, else ""."""
        wanted = language or get_language() or "en"
        for tag in (wanted, wanted.split("-")[0], "en"):
            if self.get(tag):
                return self[tag]
        return next(iter(self.values()), "")

    def __str__(self) -> str:
        return self.best()


def language_map(value: Any) -> LanguageMap:
    """``value`` as a LanguageMap without empty texts; ValidationError unless it maps tags to texts."""
    if not isinstance(value, Mapping):
        raise ValidationError(_("A text in several languages is a map of language tags to texts."), code="shape")
    for tag, text in value.items():
        if not isinstance(tag, str) or not TAG.fullmatch(tag):
            raise ValidationError(
                _("“%(tag)s” is no language tag such as mn, en or mn-Mong."), code="tag", params={"tag": tag}
            )
        if not isinstance(text, str):
            raise ValidationError(_("The text for %(tag)s is no text."), code="text", params={"tag": tag})
    return LanguageMap({tag: text for tag, text in value.items() if text.strip()})


if TYPE_CHECKING:
    _Base = models.Field[Any, LanguageMap]
else:
    _Base = models.JSONField


class LanguageMapField(_Base):
    """Texts by language; refuses unknown tags and, unless ``blank``, a map without any text."""

    description = "Text in several languages"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", LanguageMap)
        super().__init__(*args, **options)

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> LanguageMap | None:
        """The map that the database holds."""
        told = super().from_db_value(value, expression, connection)  # type: ignore[misc]
        return None if told is None else LanguageMap(told)

    def to_python(self, value: Any) -> LanguageMap | None:
        """Check and tidy what a form or a caller gave."""
        return None if value is None else language_map(value)

    def get_prep_value(self, value: Any) -> Any:
        """Nothing but a checked map reaches the database."""
        return value if value is None or hasattr(value, "resolve_expression") else dict(language_map(value))

    def formfield(self, **options: Any) -> forms.Field:
        """A JSON field; pages that want one box per language make their own."""
        return super().formfield(**{"form_class": forms.JSONField, **options})  # type: ignore[return-value]
