"""Deciding a claim."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.claims.models import Claim
from soyol.registry.choices import DocumentKind
from soyol.workspace.asking import DAY_EXAMPLE


class DecisionForm(forms.Form):
    """What both decisions ask: what the document was, where there is one."""

    seen = forms.ChoiceField(
        label=_("What the document is"),
        choices=[("", _("choose")), *DocumentKind.choices],
        help_text=_("The document is deleted when you decide; this word stays, with your name and the day."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if claim.document_id is None:
            self._without_one()
        self.order_fields(["number", "until", "seen", "agrees", "reason", "version"])

    def _without_one(self) -> None:
        del self.fields["seen"]


class AcceptForm(DecisionForm):
    """To which entry the claim is accepted, and how it was made sure."""

    number = forms.CharField(
        label=_("Number of the entry"), max_length=24, help_text=_("The registry number that stands on its page.")
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}),
        help_text=_("For guardians: the last day. Leave it empty where there is none."),
    )
    reason = forms.CharField(
        label=_("How you made sure"),
        max_length=500,
        help_text=_("Which document you saw, and what you compared. It stays with the claim."),
    )
    agrees = forms.BooleanField(
        label=_("It shows name, number and day of birth or founding as the entry has them"),
        required=False,
        help_text=_("They then count as checked against it. What somebody enrolled counts so by itself."),
    )

    def _without_one(self) -> None:
        self.fields["seen"] = forms.ChoiceField(
            label=_("Document that you have seen"), required=False, choices=[("", _("none")), *DocumentKind.choices]
        )

    def clean_until(self) -> date | None:
        """Nothing is held until a day that is over."""
        day: date | None = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over."))
        return day


class RefuseForm(DecisionForm):
    """Why a claim is refused; the person reads it."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("The person reads this: say what is missing and what they can do.")
    )


class EndForm(forms.Form):
    """Why somebody no longer holds an entry."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("One sentence; it stays in the history with your name.")
    )
