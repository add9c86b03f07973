"""Forms about surveys: a new one, a version, a file of answers, and on what authority somebody enters answers."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.bodies import queries as bodies
from soyol.bodies.models import Body
from soyol.places.models import Unit
from soyol.surveys.choices import How
from soyol.surveys.models import FormVersion
from soyol.workspace.asking import name_fields, names_told, offer_places
from soyol.workspace.sources.forms import Owned

if TYPE_CHECKING:
    _Versions = forms.ModelChoiceField[FormVersion]
else:
    _Versions = forms.ModelChoiceField


class SurveyForm(forms.Form):
    """A survey that does not ask anybody yet."""

    code = forms.SlugField(
        label=_("Short name"), max_length=50, help_text=_("Small Latin letters and hyphens; it stands in addresses.")
    )
    body = forms.ModelChoiceField(
        label=_("Which body asks"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Those who answer are told its name in their language."),
    )
    keeper = forms.CharField(
        label=_("Who asks"), max_length=200, required=False, help_text=_("If it is none of the bodies above.")
    )
    unit = forms.ModelChoiceField(label=_("Which province"), queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, owned: Owned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {**name_fields(), **self.fields}
        self.owned = owned
        offer_places(self)
        body = self.fields["body"]
        if isinstance(body, forms.ModelChoiceField):
            body.queryset = bodies.existing_on(timezone.localdate()).order_by("pk")
            body.empty_label = str(_("none of these"))

    def clean(self) -> dict[str, Any]:
        """Who asks is a body or a name, and nobody asks where they may not keep a list."""
        given = super().clean() or self.cleaned_data
        unit, body = given.get("unit"), given.get("body")
        if not body and not given.get("keeper"):
            self.add_error("keeper", _("Say who asks: choose a body, or write a name."))
        if not self.errors and not self.owned(unit.pk if unit else None, body.pk if body else None):
            words = _("Your role reaches only lists of your own place and body. Choose these, or ask a colleague.")
            self.add_error("unit", words)
        return given

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        body = given["body"]
        return {
            "code": given["code"],
            "titles": names_told(given),
            "keeper": given["keeper"] if body is None else body.names.best()[:200],
            "body": body,
            "unit": given["unit"],
        }


class VersionForm(forms.Form):
    """An XLSForm."""

    file = forms.FileField(
        label=_("The form as XLSForm"),
        help_text=_(
            "A workbook (xlsx, xls, ods) with the sheets survey, choices and settings, as in KoboToolbox and ODK."
        ),
    )


class VersionField(_Versions):
    """Versions by what their workbooks call them."""

    def label_from_instance(self, obj: Any) -> str:
        """As the workbook says."""
        return str(obj.version)


class AnswersForm(forms.Form):
    """A file of answers."""

    version = VersionField(
        label=_("By which version it was asked"),
        queryset=FormVersion.objects.none(),
        help_text=_("For answers that do not say it themselves."),
        empty_label=None,
    )
    file = forms.FileField(
        label=_("The file as it was exported"),
        help_text=_("KoboToolbox: XLSX, CSV or JSON. ODK Central: ZIP of CSV, or JSON. Change nothing in it first."),
    )

    def __init__(self, *args: Any, versions: QuerySet[FormVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields["version"]
        if isinstance(version, forms.ModelChoiceField):
            version.queryset = versions


class MandateForm(forms.Form):
    """Whom an officer enters, how they met, and on what authority."""

    who = forms.CharField(
        label=_("Whom do you enter"),
        max_length=200,
        help_text=_("The name of the person, or of the body and of who speaks for it."),
    )
    how = forms.ChoiceField(label=_("How did you meet the person"), choices=How, widget=forms.RadioSelect)
    authority = forms.CharField(
        label=_("On what authority do you enter the answers"),
        max_length=300,
        help_text=_("The order, the law or the letter, with number and day. It stays with the answers."),
    )
    agreed = forms.BooleanField(
        label=_("I told the person who asks, what for and what will be public, and they want me to write for them.")
    )

    def mandate(self) -> dict[str, str]:
        """What stays with the answers."""
        given = self.cleaned_data
        return {
            "who": given["who"].strip(),
            "how": given["how"],
            "authority": given["authority"].strip(),
            "agreed": "yes",
        }
