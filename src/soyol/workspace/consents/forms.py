"""Writing the words of a consent in all languages of the site at once."""

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from soyol.registry.models import ConsentText
from soyol.registry.rules.purposes import words_digest
from soyol.workspace.asking import DAY_EXAMPLE

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
