"""Filters for dates, money, numbers and texts in several languages; the country pack decides how they look."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from soyol import packs

register = template.Library()

#: A space that does not break keeps "12 345" on one line; English readers expect a comma.
GROUPING = {"en": ","}
NO_BREAK = "\N{NO-BREAK SPACE}"
#: Fields of a record that hold dates of reduced precision, and phone numbers.
DATES = frozenset({"birth_date", "death_date", "founded", "closed", "observed_on"})
PHONES = frozenset({"phones"})
#: Parts of an activity, and the fields whose codes they are.
ACTIVITY = {"role": "occupations", "domain": "domains", "step": "steps"}


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def group(value: float | Decimal, language: str) -> str:
    """Return a number with its thousands grouped as readers of ``language`` expect."""
    return f"{value:,}".replace(",", GROUPING.get(language, NO_BREAK))


@register.filter
def number(value: Any) -> str:
    """``12345`` becomes ``12 345`` (mn) or ``12,345`` (en); anything that is no number is returned as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "" if value is None else str(value)
    return group(value, _language())


@register.filter
def percent(value: Any) -> str:
    """A share between 0 and 1 as a whole percentage; what is not quite all never rounds up to 100 %."""
    if value is None:
        return ""
    share = float(value) * 100
    whole = 99 if 99 < share < 100 else 1 if 0 < share < 1 else round(share)
    return f"{whole}{NO_BREAK}%" if _language() != "en" else f"{whole}%"


@register.filter
def money(value: Decimal | int | None) -> str:
    """An amount with the currency's sign, grouped as the pack says."""
    if value is None:
        return ""
    return packs.load(settings.SOYOL_PACK).money.format(Decimal(value), _language())


@register.filter
def day(value: Any, style: str = "short") -> str:
    """A date, a moment or an ISO text of reduced precision as the pack writes dates."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    text = value.isoformat() if isinstance(value, date) else str(value)
    return packs.load(settings.SOYOL_PACK).dates.format_date(text, _language(), style)


@register.filter
def moment(value: datetime | None) -> str:
    """A date with its time of day, in the site's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}{NO_BREAK}{local:%H:%M}"


@register.filter
def words(value: Any) -> SafeString | str:
    """The text of a language map in the reader's language; another language is marked as such for screen readers."""
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    wanted = _language()
    if value.get(wanted):
        return str(value[wanted])
    for language, text in value.items():
        if text:
            return format_html('<span lang="{}">{}</span>', language, text)
    return ""


@register.filter
def plain_words(value: Any) -> str:
    """Like ``words`` but without markup, for attributes and titles."""
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    return str(value.get(_language()) or next((text for text in value.values() if text), ""))


@register.filter
def yes_no(value: Any) -> str:
    """Yes, no and not known as words."""
    if value is None:
        return gettext("not known")
    return gettext("yes") if value else gettext("no")


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What ``mapping`` holds for ``key``; the key itself where it holds nothing."""
    return mapping.get(key, key)


@register.filter
def label(mapping: Mapping[Any, Any], key: Any) -> str:
    """The words for a code in the reader's language."""
    return plain_words(mapping.get(key, key))


@register.filter
def in_language(entry: Any) -> str:
    """The name of an entry as the reader's language writes it."""
    return str(entry.name_in(_language()))


@register.filter
def phone(value: str) -> str:
    """A number as people of the country write it to each other; one of another country stays as it is."""
    phones = packs.load(settings.SOYOL_PACK).phones
    own = f"+{phones.country}"
    return phones.show_one(value.removeprefix(own)) if phones.country and value.startswith(own) else value


@register.simple_tag
def said(codes: Mapping[str, Mapping[str, object]], field: str, value: str) -> SafeString | str:
    """A value in words: the name of its code, a date as dates are written here, a phone as phones are."""
    if field in DATES:
        return day(value)
    if field in PHONES:
        return phone(value)
    if field == "activity":
        return _activity(codes, value)
    return words(codes.get(field, {}).get(value, value))


def plain_said(codes: Mapping[str, Mapping[str, object]], field: str, value: str) -> str:
    """Like ``said`` but without markup."""
    found = codes.get(field, {}).get(value)
    return plain_words(found) if found else str(said(codes, field, value))


def _activity(codes: Mapping[str, Mapping[str, object]], value: str) -> str:
    """What somebody does, from its parts: "painter · visual arts"."""
    try:
        told = json.loads(value)
    except ValueError:
        return value
    parts = [(field, told.get(part)) for part, field in ACTIVITY.items()]
    return " · ".join(plain_words(codes.get(field, {}).get(code, code)) for field, code in parts if code)
