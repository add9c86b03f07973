"""What an officer writes when deciding a request."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from soyol.registry.choices import DocumentKind
from soyol.registry.queries import typed


class DecideForm(forms.Form):
    """A decision about one version of a request."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(DecideForm):
    """Why it is refused."""

    decision = forms.CharField(
        label=_("Why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this on their page. Say also what they can do."),
    )


class AcceptForm(DecideForm):
    """What the person is told; needed where something else is written down than what was asked for."""

    decision = forms.CharField(
        label=_("What the person is told"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def values(self) -> dict[str, Any] | None:
        """Record columns that are written down instead of what was proposed; None: what was proposed."""
        return None


class ValueForm(AcceptForm):
    """The value that is written down: as proposed, or as the officer knows it."""

    value = forms.CharField(label=_("Is written down as"), max_length=500, required=False)
    document = forms.ChoiceField(
        label=_("Document that proves it"),
        required=False,
        choices=[("", _("none")), *DocumentKind.choices],
        help_text=_("The value then counts as checked against it, with the day of today and your office."),
    )
    field_order = ("value", "document", "decision")

    def __init__(self, *args: Any, field: str, kind: str, name: str, proposed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field, self.kind, self.name = field, kind, name
        self.fields["value"].initial = proposed
        self.proposed = proposed
        if field in typed.CHOSEN:
            choice = forms.ChoiceField(
                label=self.fields["value"].label, choices=typed.choices_of(field), initial=proposed, required=False
            )
            self.fields["value"] = choice

    def clean_value(self) -> dict[str, Any] | None:
        """Record columns where something else was written; None where it is as proposed or empty."""
        given = str(self.cleaned_data["value"]).strip()
        if given in ("", self.proposed):
            return None
        try:
            return typed.columns_of(self.field, given, kind=self.kind, name=self.name)
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong

    def values(self) -> dict[str, Any] | None:
        """What was understood."""
        found: dict[str, Any] | None = self.cleaned_data["value"]
        return found
