"""Forms about people and bodies in the registry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soyol.registry.choices import ActorKind


class WithReason(forms.Form):
    """Something that stays in the history with its reason."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("One sentence; it stays in the history with your name.")
    )


class MergeForm(WithReason):
    """Another entry that is the same person or body."""

    other = forms.CharField(label=_("Number of the other entry"), max_length=24)
    field_order = ("other", "reason")


class SplitForm(WithReason):
    """The records that belong to somebody else."""

    records = forms.TypedMultipleChoiceField(
        label=_("Which records belong to somebody else"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("records", "reason")

    def __init__(self, *args: Any, records: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["records"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = records


class UndoForm(WithReason):
    """Taking a change back."""


class RevealForm(forms.Form):
    """Why a national number must be seen."""

    purpose = forms.CharField(
        label=_("What do you need it for"),
        max_length=300,
        help_text=_("This is written down before the number is shown, and the person may read it."),
    )


class HandForm(forms.Form):
    """A person or body added by hand. Names of the fields are names of record columns."""

    kind = forms.ChoiceField(
        label=_("What is it"), choices=ActorKind, widget=forms.RadioSelect, initial=ActorKind.PERSON
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("A person’s whole name; a body’s name with its legal form.")
    )
    unit = forms.ChoiceField(label=_("Province or capital"), required=False)
    birth_date = forms.CharField(
        label=_("Born or founded"), required=False, max_length=10, help_text=_("A year is enough: 1987 or 1987-05-17.")
    )
    phones = forms.CharField(label=_("Phone"), required=False, max_length=40)
    emails = forms.EmailField(label=_("E-mail"), required=False)
    occupations = forms.ChoiceField(label=_("What they do"), required=False)
    consent = forms.BooleanField(label=_("Has agreed to be shown in the public directory"), required=False)
    reason = forms.CharField(
        label=_("Where you know this from"),
        max_length=500,
        help_text=_("A letter, a visit, a phone call: it becomes the source."),
    )

    def __init__(
        self, *args: Any, units: list[tuple[str, str]], occupations: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("unit", units), ("occupations", occupations)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("not known")), *choices]

    def values(self) -> dict[str, Any]:
        """The record columns that were filled in."""
        given = {name: value for name, value in self.cleaned_data.items() if value and name not in {"reason", "unit"}}
        for name in ("phones", "emails", "occupations"):
            if name in given:
                given[name] = [given[name]]
        if given["kind"] != ActorKind.PERSON and "birth_date" in given:
            given["founded"] = given.pop("birth_date")
        return given
