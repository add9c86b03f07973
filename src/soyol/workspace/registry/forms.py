"""Forms about people and bodies in the registry."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.registry.choices import ActorKind, DocumentKind, Standing
from soyol.registry.queries import typed
from soyol.registry.rules.activities import PARTS, Activity
from soyol.workspace.asking import DAY_EXAMPLE

#: Fields of dates, which may be as short as a year.
DATES = frozenset({"birth_date", "death_date", "founded", "closed"})


class WithReason(forms.Form):
    """Something that stays in the history with its reason."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("One sentence; it stays in the history with your name.")
    )


class OtherForm(WithReason):
    """Another entry, by its number: to be made one with this one, or to be kept apart from it."""

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


class GiveBackForm(WithReason):
    """A number that became one with this entry and is to stand for itself again."""

    former = forms.TypedChoiceField(label=_("Which number stands for itself again"), coerce=int)
    field_order = ("former", "reason")

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["former"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = offered


class UndoForm(WithReason):
    """Taking a change back."""


class HideForm(WithReason):
    """Why what somebody says of themselves is hidden; they read it in their letter."""


class EndForm(WithReason):
    """When somebody left a body."""

    ends = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}))
    field_order = ("ends", "reason")


class MembershipForm(WithReason):
    """To which organisation or group somebody belongs, in which post, from and until when."""

    body = forms.CharField(
        label=_("Number of the organisation or group"),
        max_length=24,
        help_text=_("The registry number that stands on its page."),
    )
    role = forms.CharField(label=_("Post"), required=False, max_length=200)
    begins = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE})
    )
    ends = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}),
        help_text=_("Leave this empty while they are there."),
    )
    field_order = ("body", "role", "begins", "ends", "reason")

    def clean(self) -> dict[str, Any]:
        """Nobody leaves before they come."""
        given = super().clean() or self.cleaned_data
        if given.get("begins") and given.get("ends") and given["ends"] < given["begins"]:
            self.add_error("ends", _("This day is before the one on which it began."))
        return given


class RevealForm(forms.Form):
    """Why a national number must be seen."""

    purpose = forms.CharField(
        label=_("What do you need it for"),
        max_length=300,
        help_text=_("This is written down before the number is shown, and the person may read it."),
    )


class RegisterForm(forms.Form):
    """What a register of the state is asked for."""

    purpose = forms.CharField(
        label=_("What do you need it for"),
        max_length=200,
        help_text=_("This is written down before the register is asked, and the person may read it."),
    )
    code = forms.CharField(
        label=_("Code of the person"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Only where the register wants that the person agrees: the code that the state sent to them."),
    )

    def clean_code(self) -> str:
        """Digits, or nothing."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if code and not (code.isascii() and code.isdigit()):
            raise ValidationError(_("A code has digits only."))
        return code


class DayForm(forms.Form):
    """The day as of which the registry is looked at; empty is today."""

    day = forms.DateField(
        label=_("As of the end of"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "2026.12.31"}),
        help_text=_("Who stood in the registry that day, and what was known of them then."),
    )

    def clean_day(self) -> date | None:
        """A day to come has no stock yet."""
        day: date | None = self.cleaned_data["day"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is yet to come."))
        return day


class Known(forms.Form):
    """The day on which something was true, and where it is known from."""

    observed_on = forms.DateField(
        label=_("On which day was it true"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}),
        help_text=_("The day of the letter, the visit or the document. If you leave this empty, today counts."),
    )
    reason = forms.CharField(
        label=_("Where you know this from"),
        max_length=500,
        help_text=_("A letter, a visit, a phone call: it stays in the history of the entry, with your name."),
    )
    standing = forms.TypedChoiceField(
        label=_("How sure it is"),
        coerce=int,
        initial=Standing.STATED,
        widget=forms.RadioSelect,
        choices=[
            (Standing.STATED, _("somebody said or wrote so")),
            (Standing.VERIFIED, _("I have seen the document that proves it")),
        ],
    )
    document = forms.ChoiceField(
        label=_("Which document"), required=False, choices=[("", _("none")), *DocumentKind.choices]
    )

    def clean_observed_on(self) -> date | None:
        """A day to come cannot have been seen."""
        day: date | None = self.cleaned_data["observed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is yet to come."))
        return day

    def clean_document(self) -> str:
        """A document is named where one was seen, and only there."""
        document = str(self.cleaned_data["document"])
        if self.cleaned_data.get("standing") != Standing.VERIFIED:
            return ""
        if not document:
            raise ValidationError(_("Say which document you have seen."))
        return document

    def columns(self) -> dict[str, Any]:
        """Record columns of what was typed."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        day = self.cleaned_data["observed_on"]
        return {**self.columns(), **({"observed_on": day.isoformat()} if day else {})}


class ActivityForm(Known):
    """What somebody does: in which domain, as what, and at which step from the making to the audience."""

    domain = forms.ChoiceField(label=_("Cultural domain"), required=False)
    role = forms.ChoiceField(label=_("As what"), required=False)
    step = forms.ChoiceField(
        label=_("Step of the culture cycle"),
        required=False,
        help_text=_("Leave open what you do not know; one of the three is enough."),
    )
    field_order = ("domain", "role", "step")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (("domain", "domains"), ("role", "occupations"), ("step", "steps")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("not known")), *typed.choices_of(listed)]

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(part) for part in PARTS):
            raise ValidationError(_("Choose a domain, a role or a step."))
        return given

    def columns(self) -> dict[str, Any]:
        """One activity as the value of a statement."""
        return {"activity": [Activity(*(self.cleaned_data[part] or None for part in PARTS)).value]}


class StateForm(Known):
    """One more value of one field, with its day and where it is known from."""

    value = forms.CharField(max_length=500)
    field_order = ("value",)

    def __init__(self, *args: Any, field: str, label: str, kind: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field, self.kind, self.name = field, kind, name
        if field in typed.CHOSEN:
            self.fields["value"] = forms.ChoiceField(choices=[("", _("choose")), *typed.choices_of(field)])
        elif field == "note":
            self.fields["value"].widget = forms.Textarea()
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

    def columns(self) -> dict[str, Any]:
        """What the value was understood as."""
        return dict(self.cleaned_data["value"])


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
        label=_("Born or founded"), required=False, max_length=10, help_text=_("A year is enough: 1987 or 1987.05.17.")
    )
    number = forms.CharField(
        label=_("Register number"),
        required=False,
        max_length=40,
        help_text=_("Of the person, or of the organisation. It is kept encrypted."),
    )
    phones = forms.CharField(label=_("Phone"), required=False, max_length=40)
    emails = forms.EmailField(label=_("E-mail"), required=False)
    occupations = forms.ChoiceField(label=_("What they do"), required=False)
    domain = forms.ChoiceField(label=_("Cultural domain"), required=False)
    step = forms.ChoiceField(label=_("Step of the culture cycle"), required=False)
    consent = forms.BooleanField(label=_("Has agreed to be shown in the public directory"), required=False)
    document = forms.ChoiceField(
        label=_("Document that you have seen"),
        required=False,
        choices=[("", _("none")), *DocumentKind.choices],
        help_text=_("Name, number and day of birth or founding then count as checked against it."),
    )
    reason = forms.CharField(
        label=_("Where you know this from"),
        max_length=500,
        help_text=_("A letter, a visit, a phone call: it stays in the history of the entry, with your name."),
    )

    def __init__(
        self,
        *args: Any,
        units: Callable[[], list[tuple[str, list[tuple[str, str]]]]],
        occupations: Callable[[], list[tuple[str, str]]],
        anywhere: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Callable[[], list[Any]]] = {
            "unit": units,
            "occupations": occupations,
            "domain": partial(typed.choices_of, "domains"),
            "step": partial(typed.choices_of, "steps"),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = partial(_with_unknown, choices)  # read where it is shown or something is chosen
        # Whoever works for one province adds nobody outside it, nor somebody without any place.
        self.fields["unit"].required = not anywhere

    def clean(self) -> dict[str, Any]:
        """Understand the row as one of a list: names in their parts, dates and numbers by the country's rules."""
        given = super().clean() or self.cleaned_data
        kind = given.get("kind") or ActorKind.PERSON
        self.understood: dict[str, Any] = {}
        try:
            named = {**given, "occupation": self._named("occupations", given.get("occupations"))}
            self.understood = typed.row_of(named, kind)
        except ValidationError as wrong:
            for field, problems in wrong.message_dict.items():
                self.add_error(field, problems)
        return given

    def values(self) -> dict[str, Any]:
        """The record columns that were filled in."""
        given = self.cleaned_data
        chosen = {"occupations": [given["occupations"]]} if given.get("occupations") else {}
        if given.get("domain") or given.get("step"):
            does = Activity(given["domain"] or None, given["occupations"] or None, given["step"] or None)
            chosen["activity"] = [does.value]
        agreed = {"consent": True} if given.get("consent") else {}
        return {**self.understood, **chosen, **agreed, "kind": given["kind"]}

    def _named(self, name: str, code: object) -> str:
        field = self.fields[name]
        if not code or not isinstance(field, forms.ChoiceField):
            return ""
        return str(dict(field.choices)[code])  # type: ignore[arg-type]


def _with_unknown(choices: Callable[[], list[Any]]) -> list[Any]:
    return [("", _("not known")), *choices()]
