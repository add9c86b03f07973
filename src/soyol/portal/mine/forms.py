"""Forms by which people find, claim and enrol themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from soyol.claims.choices import Capacity
from soyol.files.rules import DOCUMENT_BYTES, document_kind
from soyol.registry.choices import ActorKind, Purpose
from soyol.registry.models import ConsentText
from soyol.registry.queries import Scope, typed
from soyol.registry.queries.labels import occupation_choices, unit_choices
from soyol.registry.rules.activities import Activity

#: Enough of a file to tell what it is.
HEAD = 16


class FindForm(forms.Form):
    """Under which name and contact lists may have one."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As it stands in lists: family name and given name, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("A telephone number or e-mail address that you have given somewhere"), max_length=254
    )


class TakeForm(forms.Form):
    """Under which name a list may have one with the address of the account."""

    name = FindForm.base_fields["name"]


class CodeForm(forms.Form):
    """The code out of the message."""

    code = forms.CharField(
        label=_("The code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class DocumentField(forms.FileField):
    """A scan or photograph of a document: PDF, JPEG or PNG."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[Any] | None":
        """Look at how the file begins, whatever it is called."""
        found: UploadedFile[Any] | None = super().clean(data, initial)
        if not found:
            return None
        if found.size and found.size > DOCUMENT_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Take a smaller photograph, or save it smaller."))
        head = found.read(HEAD)
        found.seek(0)
        if not document_kind(head):
            raise ValidationError(
                _("This is neither a PDF nor a JPEG or PNG picture. Send the document as one of these.")
            )
        return found


class ClaimForm(forms.Form):
    """A claim that an officer checks."""

    capacity = forms.ChoiceField(label=_("As whom"), choices=Capacity, widget=forms.RadioSelect, initial=Capacity.SELF)
    number = forms.CharField(label=_("Registry number of the entry, if you know it"), required=False, max_length=24)
    name = forms.CharField(label=_("Name in the entry"), max_length=200)
    born = forms.CharField(
        label=_("Born or founded"),
        required=False,
        max_length=10,
        help_text=_("A year is enough: 1987 or 1987.05.17."),
    )
    unit = forms.ChoiceField(label=_("Province or capital"), required=False)
    contact = forms.CharField(label=_("Where an officer reaches you"), max_length=200)
    note = forms.CharField(
        label=_("What an officer should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = DocumentField(
        label=_("Document"),
        required=False,
        help_text=_(
            "An identity document for yourself; a charter or authority for an organisation; a certificate or decision "
            "for guardians and heirs. It is kept encrypted, only the officers who decide see it, and it is deleted "
            "when they have decided."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ChoiceField):
            unit.choices = [("", _("not known")), *unit_choices(Scope.whole())]


class EnrolForm(forms.Form):
    """Coming into the registry. Names of the fields are names of record columns where they are one."""

    kind = forms.ChoiceField(
        label=_("Whom do you enrol"), choices=ActorKind, widget=forms.RadioSelect, initial=ActorKind.PERSON
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("A person’s whole name; a body’s name with its legal form.")
    )
    unit = forms.ChoiceField(label=_("Province or capital"))
    occupations = forms.ChoiceField(label=_("What they do"), required=False)
    domain = forms.ChoiceField(label=_("Cultural domain"), required=False)
    birth_date = forms.CharField(
        label=_("Born or founded"), required=False, max_length=10, help_text=_("A year is enough: 1987 or 1987.05.17.")
    )
    number = forms.CharField(
        label=_("Register number"),
        required=False,
        max_length=40,
        help_text=_("Of the person, or of the organisation. It is kept encrypted."),
    )
    phones = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    emails = forms.EmailField(label=_("E-mail"), required=False)
    websites = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    document = DocumentField(
        label=_("Document"),
        required=False,
        help_text=_(
            "An identity document or charter: with it an officer can check sooner. It is kept encrypted and deleted "
            "after the check."
        ),
    )
    agreed = forms.MultipleChoiceField(
        label=_("What you agree to"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, texts: dict[str, ConsentText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[Any]] = {
            "unit": [("", _("choose")), *unit_choices(Scope.whole())],
            "occupations": [("", _("not known")), *occupation_choices()],
            "domain": [("", _("not known")), *typed.choices_of("domains")],
            "agreed": [(each.value, str(texts[each].texts)) for each in Purpose if each != Purpose.STATISTICS],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Understand the row as one of a list: names in their parts, dates and numbers by the country's rules."""
        given = super().clean() or self.cleaned_data
        self.understood: dict[str, Any] = {}
        try:
            self.understood = typed.row_of({**given, "occupation": ""}, given.get("kind") or ActorKind.PERSON)
        except ValidationError as wrong:
            for field, problems in wrong.message_dict.items():
                self.add_error(field, problems)
        return given

    def values(self) -> dict[str, Any]:
        """The record columns that were filled in."""
        given = self.cleaned_data
        made = {**self.understood, "kind": given["kind"], "unit": given["unit"]}
        if given["websites"]:
            made["websites"] = [given["websites"]]
        if given["occupations"]:
            made["occupations"] = [given["occupations"]]
        if given["domain"]:
            made["activity"] = [Activity(given["domain"], given["occupations"] or None, None).value]
        return made
