"""Forms about lists and their files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.bodies import queries as bodies
from soyol.bodies.models import Body
from soyol.places.models import Unit
from soyol.sources.choices import Completeness, Rhythm
from soyol.sources.models import Source
from soyol.ui.versions import VersionForm
from soyol.workspace.asking import DAY_EXAMPLE, name_fields, names_to_ask, names_told, offer_places

#: Whether a list of this place (its code, or None) and body (its number, or None) is for the account to manage.
Owned = Callable[[str | None, int | None], bool]

TOO_LARGE = _("This file is larger than the site takes. Split it, or ask your administrator.")

#: The usual steps of trust and what they mean, the most trusted first.
TRUST = (
    (95, _("official register")),
    (75, _("kept with care")),
    (50, _("usually right")),
    (25, _("to be checked")),
    (5, _("hearsay")),
)


class SourceForm(VersionForm):
    """A list that somebody keeps."""

    code = forms.SlugField(
        label=_("Short name"), max_length=60, help_text=_("Small Latin letters and hyphens; it stands in addresses.")
    )
    body = forms.ModelChoiceField(
        label=_("Which body keeps it"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Accounts with a role for this body can then work with the list."),
    )
    keeper = forms.CharField(
        label=_("Who keeps it"), max_length=200, required=False, help_text=_("If it is none of the bodies above.")
    )
    coverage = forms.CharField(
        label=_("What it covers"), widget=forms.Textarea, required=False, help_text=_("Which people or bodies, where.")
    )
    legal_basis = forms.CharField(
        label=_("On what legal basis"), widget=forms.Textarea, required=False, help_text=_("Law, order or agreement.")
    )
    kept_by_law = forms.BooleanField(
        label=_("A law or an order obliges the keeper to keep the rows"),
        required=False,
        help_text=_(
            "Then they stay in this list when somebody is erased. Consent, a contract and rules of membership oblige "
            "nobody to that."
        ),
    )
    unit = forms.ModelChoiceField(label=_("Which province"), queryset=Unit.objects.none(), required=False)
    trust = forms.TypedChoiceField(
        label=_("How far it is trusted"),
        coerce=int,
        initial=50,
        choices=TRUST,
    )
    rhythm = forms.ChoiceField(label=_("How often it comes"), choices=Rhythm, initial=Rhythm.IRREGULAR)
    completeness = forms.ChoiceField(
        label=_("What a file contains"),
        choices=Completeness,
        initial=Completeness.ADDITION,
        help_text=_("If each file is the full list, whoever is missing from the next one counts as no longer listed."),
    )
    known_total = forms.IntegerField(
        label=_("How many it should cover"),
        min_value=0,
        max_value=10**9,
        required=False,
        help_text=_("If the keeper knows the whole."),
    )
    shown_publicly = forms.BooleanField(label=_("Name it on the public page of sources"), required=False, initial=True)

    def __init__(self, *args: Any, owned: Owned, source: Source | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {**name_fields(), **self.fields}
        self.owned = owned
        offer_places(self)
        body = self.fields["body"]
        if isinstance(body, forms.ModelChoiceField):
            body.queryset = (bodies.existing_on(timezone.localdate()) | _present(source)).order_by("pk")
            body.empty_label = str(_("none of these"))
        if source is None:
            del self.fields["version"], self.fields["seen"]
        else:
            del self.fields["code"]
            self._offer_its_trust(source)
            self.remember(source, self.of(source))

    def _offer_its_trust(self, source: Source) -> None:
        """A trust between the usual steps stays as it is when something else is changed."""
        trust = self.fields["trust"]
        if isinstance(trust, forms.TypedChoiceField) and source.trust not in dict(TRUST):
            steps = {**dict(TRUST), source.trust: f"{source.trust_word} ({source.trust})"}
            trust.choices = [(step, steps[step]) for step in sorted(steps, reverse=True)]

    def clean(self) -> dict[str, Any]:
        """A keeper is a body or a name, and nobody makes a list, or moves one, to where they may not manage it."""
        given = super().clean() or self.cleaned_data
        if not given.get("body") and not given.get("keeper"):
            self.add_error("keeper", _("Say who keeps the list: choose a body, or write a name."))
        if given.get("kept_by_law") and not given.get("legal_basis"):
            self.add_error("legal_basis", _("Name the law or the order that obliges the keeper."))
        unit, body = given.get("unit"), given.get("body")
        if not self.errors and not self.owned(unit.pk if unit else None, body.pk if body else None):
            words = _("Your role reaches only lists of your own place and body. Choose these, or ask a colleague.")
            self.add_error("unit", words)
        return given

    def values(self) -> dict[str, Any]:
        """What the actions on a source take."""
        given = self.told()
        if given["body"] is not None:
            given["keeper"] = given["body"].names.best()[:200]
        names = names_told(given)
        return {**{name: value for name, value in given.items() if not name.startswith("name_")}, "names": names}

    @staticmethod
    def of(source: Source) -> dict[str, Any]:
        """The form's values for a source as it is."""
        names = source.names
        same = (
            "body",
            "coverage",
            "legal_basis",
            "kept_by_law",
            "unit",
            "trust",
            "rhythm",
            "completeness",
            "known_total",
        )
        return {
            **names_to_ask(names),
            "keeper": "" if source.body_id else source.keeper,
            "shown_publicly": source.shown_publicly,
            **{name: getattr(source, name) for name in same},
        }


def _present(source: Source | None) -> QuerySet[Body]:
    """The body that keeps the list now, also when it exists no more: saving the form must not take it away."""
    if source is None or source.body_id is None:
        return Body.objects.none()
    return Body.objects.filter(pk=source.body_id)


class UploadForm(forms.Form):
    """One file as its keeper sent it."""

    file = forms.FileField(
        label=_("The file as it came"),
        help_text=_("Excel (xlsx, xls), OpenDocument (ods), CSV or TSV, JSON or Parquet. Change nothing in it first."),
    )
    observed_on = forms.DateField(
        label=_("On which day was it true"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}),
        help_text=_("If you leave this empty, today counts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {
            "data-most": str(settings.SOYOL_UPLOAD_BYTES),
            "data-too-large": str(TOO_LARGE),
        }

    def clean_file(self) -> Any:
        """The browser says so before it sends; what comes from elsewhere is held to the same limit."""
        file = self.cleaned_data["file"]
        if file.size > settings.SOYOL_UPLOAD_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ReasonForm(forms.Form):
    """Why something is done; it stays with the history."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("One sentence; it stays in the history with your name.")
    )
