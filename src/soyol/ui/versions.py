"""Forms about rows that somebody else may save meanwhile: what they wrote, what you wrote, what stood there before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext as _

from soyol.fields.versions import Versioned
from soyol.ui.templatetags.soyol_formats import day as written


class Saved(Protocol):
    """Who saved last, and when; an entry of the audit tells it."""

    @property
    def actor_name(self) -> str:
        """The name of whoever saved."""

    @property
    def at(self) -> datetime:
        """When."""


def newly(data: Any, name: str, value: str) -> Any:
    """What was posted, with one value put in its place: of a form that is shown once more."""
    posted = data.copy()
    posted[name] = value
    return posted


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people wrote. ``both``: each wrote something else there, so that somebody must choose."""

    label: str
    was: str
    theirs: str
    yours: str
    both: bool


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened between looking and saving: who saved last, and the fields that differ."""

    last: Saved | None
    differences: list[Difference]


class VersionForm(forms.Form):
    """A form that remembers which version of its row it was filled from, and what stood there.

    Both travel with the form and bind nobody: the version is compared with the row's own, and what stood there is only
    shown again.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200_000)

    def told(self) -> dict[str, Any]:
        """What the reader wrote, without version and memory."""
        return {name: value for name, value in self.cleaned_data.items() if name not in VersionForm.base_fields}

    def remember(self, row: Versioned, now: Mapping[str, Any]) -> None:
        """Let the form carry the version of ``row`` and its values ``now``."""
        texts = {name: self._text(name, now.get(name)) for name in self._asked()}
        self.initial.update(version=row.version, seen=json.dumps(texts))

    def meanwhile(self, last: Saved | None, now: Mapping[str, Any]) -> Meanwhile:
        """What is different between this valid form and the row as it is ``now``; ``last``: who saved it meanwhile."""
        was = self._seen()
        found = []
        for name in self._asked():
            mine, theirs = self._text(name, self.cleaned_data[name]), self._text(name, now.get(name))
            before = was.get(name, theirs)
            if mine != theirs:
                both = before not in {mine, theirs}
                was_shown, theirs_shown, mine_shown = (self._shown(name, text) for text in (before, theirs, mine))
                found.append(Difference(str(self.fields[name].label), was_shown, theirs_shown, mine_shown, both))
        return Meanwhile(last, found)

    def together(self, now: Mapping[str, Any]) -> dict[str, Any]:
        """Both people's changes: yours where you changed something, theirs elsewhere."""
        was = self._seen()
        found = {}
        for name in self._asked():
            mine = self._text(name, self.cleaned_data[name])
            found[name] = now.get(name) if was.get(name) == mine else self.cleaned_data[name]
        return found

    def _asked(self) -> list[str]:
        return [name for name in self.fields if name not in VersionForm.base_fields]

    def _seen(self) -> dict[str, str]:
        try:
            told = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(name): str(text) for name, text in told.items()} if isinstance(told, dict) else {}

    def _text(self, name: str, value: Any) -> str:
        """One text for one value, however the form or the row holds it."""
        plain = self.fields[name].prepare_value(value)
        if plain is None or plain is False:
            return ""
        return plain.isoformat() if isinstance(plain, date) else str(plain).replace("\r\n", "\n")

    def _shown(self, name: str, text: str) -> str:
        field: Any = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return _("yes") if text else _("no")
        if isinstance(field, forms.DateField) and text:
            return str(written(text))
        if hasattr(field, "choices"):
            return next((str(label) for value, label in field.choices if str(value) == text), text)
        return text
