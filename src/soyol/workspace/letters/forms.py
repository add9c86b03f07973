"""Writing a letter: to whom, in which words, and where answers go."""

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from soyol.letters.actions import Written
from soyol.letters.models import Letter
from soyol.letters.rules import SUBJECT_LETTERS, TEXT_LETTERS
from soyol.places.models import Unit
from soyol.registry.queries import Facets
from soyol.ui.versions import VersionForm
from soyol.workspace.asking import without_zero_bytes
from soyol.workspace.registry.labels import facet_labels, facet_titles

#: What a letter is narrowed to besides its place, as the list of people has it.
NARROWED = ("kind", "area", "domain")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def places_of(units: frozenset[str] | None) -> QuerySet[Unit]:
    """The topmost places in which an officer may write to people (None: in all)."""
    if units is None:
        return Unit.objects.filter(level=1).order_by("sort_key")
    return Unit.objects.filter(pk__in=units).exclude(parent__in=units).order_by("sort_key")


class LetterForm(VersionForm):
    """To whom a letter goes, and what it says in each language of the site."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("People of which place"), queryset=Unit.objects.none(), required=False
    )
    kind = forms.ChoiceField(required=False)
    area = forms.ChoiceField(required=False)
    domain = forms.ChoiceField(required=False)
    text = forms.CharField(
        label=gettext_lazy("Name, in any script or spelling"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Leave it empty to write to everybody of the choice above."),
    )
    reply_to = forms.EmailField(
        label=gettext_lazy("Where answers go"),
        help_text=gettext_lazy("The e-mail address of your office. Readers see it."),
    )

    def __init__(self, *args: Any, units: frozenset[str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(units)
        spoken = Locale(get_language() or settings.LANGUAGE_CODE).languages
        for code in LANGUAGES:
            said = {"language": spoken.get(code, code)}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject (%(language)s)") % said, max_length=SUBJECT_LETTERS
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % said, max_length=TEXT_LETTERS, widget=forms.Textarea
            )
        for code in LANGUAGES:
            self.fields[f"short_{code}"] = forms.CharField(
                label=_("Text message (%(language)s)") % {"language": spoken.get(code, code)},
                required=False,
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("For those of whom only a telephone is known. Leave it empty to send none."),
            )

    def _offer(self, units: frozenset[str] | None) -> None:
        unit, labels, titles = self.fields["unit"], facet_labels(), facet_titles()
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = places_of(units)
            unit.empty_label = str(_("the whole country")) if units is None else str(_("choose"))
            unit.required = units is not None
        for name in NARROWED:
            field = self.fields[name]
            field.label = titles[name]
            if isinstance(field, forms.ChoiceField):
                named = [(code, _best(label)) for code, label in labels[name].items()]
                field.choices = [("", _("all")), *named]

    def written(self) -> Written:
        """What the action takes."""
        given = self.cleaned_data
        return Written(
            subjects={code: given[f"subject_{code}"] for code in LANGUAGES},
            texts={code: given[f"text_{code}"] for code in LANGUAGES},
            shorts={code: given[f"short_{code}"] for code in LANGUAGES},
            reply_to=given["reply_to"],
            facets=Facets(**{name: given[name] or None for name in NARROWED}),
            text=without_zero_bytes(given["text"]),
            unit=given["unit"].pk if given["unit"] else None,
        )


def values_of(letter: Letter) -> dict[str, Any]:
    """What a letter says, by the names of the form's fields."""
    facets = letter.asked.get("facets", {})
    return {
        "unit": letter.unit_id,
        "text": letter.asked.get("text", ""),
        "reply_to": letter.reply_to,
        **{name: facets.get(name) or "" for name in NARROWED},
        **{f"subject_{code}": letter.subjects.get(code, "") for code in LANGUAGES},
        **{f"text_{code}": letter.texts.get(code, "") for code in LANGUAGES},
        **{f"short_{code}": letter.shorts.get(code, "") for code in LANGUAGES},
    }


def _best(label: object) -> str:
    best = getattr(label, "best", None)
    text = str(best() if best else label)
    return text[:1].upper() + text[1:]
