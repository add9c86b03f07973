"""Writing the words of a consent in all languages of the site at once, and noting what somebody told."""

from collections.abc import Collection, Sequence
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from soyol.registry.choices import Told
from soyol.registry.models import ConsentText
from soyol.registry.queries.consents import Switch
from soyol.registry.rules.purposes import words_digest
from soyol.ui.templatetags.soyol_formats import day, words
from soyol.ui.versions import newly
from soyol.workspace.asking import DAY_EXAMPLE

#: What stands for the moment of a choice that was never made.
NEVER = "-"
#: Longer than this nobody reads before they choose.
LETTERS = 1500
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class WordsForm(forms.Form):
    """The next version of the words, from which day on it is shown, and whether people are asked anew.

    ``after``: the version beside which it was written; ``seen``: digest of the words that were looked at.
    """

    day = forms.DateField(
        label=gettext_lazy("Holds from"),
        widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE}),
        help_text=gettext_lazy("Today or a later day. Until then people read the words that hold now."),
    )
    asks = forms.ChoiceField(
        label=gettext_lazy("Whoever has chosen by earlier words"),
        choices=[
            ("yes", gettext_lazy("is asked on their page to read the new words and to choose again")),
            ("no", gettext_lazy("is not asked: only the wording is better, and nothing else may be done than before")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("In both cases what they chose stands, with the words by which they chose."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = Locale(get_language() or settings.LANGUAGE_CODE).languages
        for code in LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": spoken.get(code, code)},
                max_length=LETTERS,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        self.order_fields([*(f"text_{code}" for code in LANGUAGES), "day", "asks"])

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by language; of a form that is right."""
        return {code: self.cleaned_data[f"text_{code}"].strip() for code in LANGUAGES}

    @property
    def was_looked_at(self) -> bool:
        """Whether these very words were looked at before they are published."""
        return bool(self.cleaned_data["seen"] == words_digest(self.texts))


def beginning(last: ConsentText, today: Any) -> dict[str, Any]:
    """The form as it is offered: the last words, to be changed."""
    told = {f"text_{code}": last.texts.get(code, "") for code in LANGUAGES}
    return {**told, "day": today, "asks": "yes", "after": last.pk}


class NoteForm(forms.Form):
    """What somebody told an officer, purpose by purpose; what they did not speak about stays as it is."""

    told = forms.ChoiceField(label=gettext_lazy("How it was told"), choices=Told, widget=forms.RadioSelect)
    proof = forms.CharField(
        label=gettext_lazy("Which document or call"),
        max_length=300,
        help_text=gettext_lazy(
            "For example the number of the letter, or day, time and number of the call. The person reads it on their "
            "page."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language you read the words"), choices=[(code, code) for code in LANGUAGES]
    )

    def __init__(self, *args: Any, switches: Sequence[Switch], closed: Collection[str], **kwargs: Any) -> None:
        """``closed``: purposes to which only the person themselves can say yes."""
        super().__init__(*args, **kwargs)
        self.purposes = [each.purpose.value for each in switches]
        self.now: dict[str, str] = {}
        spoken = Locale(get_language() or settings.LANGUAGE_CODE).languages
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(code, spoken.get(code, code)) for code in LANGUAGES]
        for each in switches:
            self.fields[each.purpose.value] = self._asked(each, closed=each.purpose in closed)
            self.fields[f"words_{each.purpose.value}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=each.text.pk, required=False
            )
            self.now[each.purpose.value] = str(each.at.isoformat() if each.at else NEVER)
            self.fields[f"seen_{each.purpose.value}"] = forms.CharField(
                widget=forms.HiddenInput, initial=self.now[each.purpose.value], required=False
            )
        self.order_fields([*self.purposes, "told", "proof", "language"])

    def _asked(self, switch: Switch, *, closed: bool) -> forms.ChoiceField:
        yes = [] if closed else [("yes", _("yes"))]
        now = _("Now: yes") if switch.on else _("Now: no")
        if switch.at is not None:
            now = f"{now} · {day(switch.at)}, {switch.channel}"
        why = _("They have said no themselves and hold their entry: only they can say yes.")
        told = (words(switch.text.texts), now, why if closed else "")
        return forms.ChoiceField(
            label=switch.label[:1].upper() + switch.label[1:],
            choices=[("", _("as it is")), *yes, ("no", _("no"))],
            widget=forms.RadioSelect,
            required=False,
            initial="",
            help_text=format_html_join(" ", "{}", ((each,) for each in told if each)),
        )

    def clean(self) -> dict[str, Any]:
        """Something must have been said."""
        told = super().clean() or {}
        if not self.errors and not self.choices:
            raise ValidationError(_("Note at least one yes or no."))
        self._see_what_changed(told)
        return told

    def _see_what_changed(self, told: dict[str, Any]) -> None:
        """Somebody else noted something for the same purpose since the page was shown: it is looked at first."""
        for purpose in self.purposes:
            seen = told.get(f"seen_{purpose}")
            if told.get(purpose) and seen and seen != self.now[purpose]:
                self.data = newly(self.data, f"seen_{purpose}", self.now[purpose])
                words = _(
                    "Somebody else noted this meanwhile; above stands what holds now. Send again if yours is newer."
                )
                self.add_error(purpose, words)

    @property
    def choices(self) -> dict[str, bool]:
        """Yes or no, by purpose."""
        said = {purpose: self.cleaned_data.get(purpose) for purpose in self.purposes}
        return {purpose: answer == "yes" for purpose, answer in said.items() if answer}

    @property
    def words_read(self) -> dict[str, int]:
        """The texts that stood on the page when it was opened, by purpose."""
        return {purpose: self.cleaned_data.get(f"words_{purpose}") or 0 for purpose in self.purposes}
