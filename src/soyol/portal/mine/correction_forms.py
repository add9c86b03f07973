"""What somebody who holds an entry writes about it: another value, a row about somebody else, an end."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.files.rules import DOCUMENT_BYTES
from soyol.registry.queries import typed
from soyol.rights.actions.evidence import Sent
from soyol.rights.rules import MOST_FILES

#: Fields of dates, which may be as short as a year.
DATES = frozenset({"birth_date", "death_date", "founded", "closed"})


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file as a file field checks one."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in sent if each]


class WithEvidence(forms.Form):
    """Why, and what proves it."""

    why = forms.CharField(
        label=_("What the officer should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = FilesField(
        label=_("What proves it"),
        required=False,
        help_text=_("A document or a photograph of it, as PDF, JPEG or PNG. Only the officer who decides sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].widget.attrs |= {
            "accept": ".pdf,.jpg,.jpeg,.png",
            "data-most": str(DOCUMENT_BYTES * MOST_FILES),
        }

    def told(self) -> dict[str, Any]:
        """What the actions take."""
        sent = [Sent(each.name or "", each, each.size or 0) for each in self.cleaned_data["evidence"]]
        return {"why": self.cleaned_data["why"], "evidence": sent}


class ValueForm(WithEvidence):
    """Another value of one field."""

    value = forms.CharField(max_length=500)
    field_order = ("value",)

    def __init__(self, *args: Any, field: str, label: str, kind: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field, self.kind, self.name = field, kind, name
        if field in typed.CHOSEN:
            self.fields["value"] = forms.ChoiceField(choices=[("", _("choose")), *typed.choices_of(field)])
        self.fields["value"].label = label
        if field in DATES:
            self.fields["value"].help_text = _("A year is enough: 1987 or 1987.05.17.")

    def clean_value(self) -> dict[str, Any]:
        """Record columns instead of what was typed."""
        given = str(self.cleaned_data["value"]).strip()
        try:
            return typed.columns_of(self.field, given, kind=self.kind, name=self.name)
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong


class RowForm(WithEvidence):
    """A row about somebody else."""


class ClosedForm(WithEvidence):
    """On which day an organisation or group closed."""

    day = forms.DateField(
        label=_("On which day it closed"), widget=forms.DateInput(attrs={"placeholder": _("e.g. 2026.11.22")})
    )
    field_order = ("day",)

    def clean_day(self) -> date:
        """It has closed: the day is not to come."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is yet to come."))
        return day
