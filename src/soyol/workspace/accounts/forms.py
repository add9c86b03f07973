"""Forms about accounts and what they are granted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.accounts.choices import Document, Role
from soyol.accounts.models import Grant
from soyol.bodies import queries as bodies
from soyol.bodies.models import Body
from soyol.places.models import Unit
from soyol.ui.versions import VersionForm
from soyol.workspace.asking import offer_places


class GrantForm(forms.Form):
    """A role for a place and a body, for a time."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    unit = forms.ModelChoiceField(label=_("Where"), queryset=Unit.objects.none(), required=False)
    body = forms.ModelChoiceField(
        label=_("For which body"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("With a body, the role reaches only the lists that this body keeps, their files and their work."),
    )
    valid_from = forms.DateField(
        label=_("First day"), required=False, help_text=_("If you leave this empty, the role counts from today.")
    )
    valid_to = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty if the role has no end yet; write 2027.12.31 otherwise."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)
        body = self.fields["body"]
        if isinstance(body, forms.ModelChoiceField):
            body.queryset = bodies.existing_on(timezone.localdate())
            body.empty_label = str(_("any body"))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class FindForm(forms.Form):
    """Which account, by the address that one knows."""

    email = forms.EmailField(label=_("Find an account by its e-mail address"))


class InviteForm(GrantForm):
    """Somebody who has no account yet."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("name", "email", "role", "unit", "body", "valid_from", "valid_to")


class LostForm(forms.Form):
    """Which account is lost."""

    who = forms.CharField(
        label=_("Old e-mail address, or number of the account"),
        max_length=254,
        help_text=_("Exactly as it was written when the account was made."),
    )


class RecoverForm(forms.Form):
    """How the officer made sure who the person is, and their new address."""

    document = forms.ChoiceField(label=_("Document that you saw"), choices=Document, widget=forms.RadioSelect)
    compared = forms.CharField(
        label=_("What you compared"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_(
            "For example: face with the picture; surname, name and birth with the entry that the account holds."
        ),
    )
    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("Let the person read it aloud. The link goes there, and whoever opens it has the account."),
    )


class DaysForm(VersionForm):
    """From when until when a grant counts."""

    valid_from = forms.DateField(label=_("First day"))
    valid_to = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty if the role has no end yet.")
    )

    def __init__(
        self, told: QueryDict | None = None, *, grant: Grant, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(told, initial={**self.of(grant), **(initial or {})})
        self.remember(grant, self.of(grant))

    @staticmethod
    def of(grant: Grant) -> dict[str, Any]:
        """The form's values for a grant as it is."""
        return {"valid_from": grant.valid_from, "valid_to": grant.valid_to}


class EndForm(forms.Form):
    """Why a grant ends."""

    reason = forms.CharField(label=_("Why it ends"), max_length=500)
