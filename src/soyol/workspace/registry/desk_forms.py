"""Forms of the review desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soyol.registry.choices import Verdict
from soyol.registry.models import DirectoryEntry, Question

#: An entry that is one with none of the others.
ALONE = "alone"


class AnswerForm(forms.Form):
    """What somebody answers to a question of the desk."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why, if it is not plain to see"),
        max_length=500,
        required=False,
        help_text=_("It stays in the history with your name."),
        widget=forms.TextInput(attrs={"form": "answer"}),
    )
    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """Whom to ask, and what about."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    colleague = forms.TypedChoiceField(label=_("Whom to ask"), coerce=int)
    note = forms.CharField(label=_("What you want to know"), max_length=500, required=False)

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        kwargs["auto_id"] = "ask_%s"  # the answer's form stands on the same page
        super().__init__(*args, **kwargs)
        field = self.fields["colleague"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = offered


class TogetherForm(forms.Form):
    """For each of several entries with whom of those before it it is one; ``versions``: the questions as they were."""

    versions = forms.CharField(widget=forms.HiddenInput, max_length=2000)

    def __init__(self, *args: Any, entries: Sequence[DirectoryEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for at, entry in enumerate(entries[1:], start=1):
            earlier = [(str(one.actor_id), _one_with(before, one)) for before, one in enumerate(entries[:at])]
            self.fields[f"with_{entry.actor_id}"] = forms.ChoiceField(
                label=f"{sign(at)} · {entry.name_in()}",
                choices=[(ALONE, gettext("on its own")), *earlier],
                initial=ALONE,
            )
        self.fields["note"] = forms.CharField(
            label=gettext("Why, if it is not plain to see"), max_length=500, required=False
        )

    def groups(self) -> list[list[int]]:
        """Ids of actors, those of one group together."""
        home = {self.entries[0].actor_id: self.entries[0].actor_id}
        for entry in self.entries[1:]:
            told = self.cleaned_data[f"with_{entry.actor_id}"]
            home[entry.actor_id] = entry.actor_id if told == ALONE else home[int(told)]
        return [[actor for actor, place in home.items() if place == one] for one in dict.fromkeys(home.values())]

    def seen(self) -> dict[int, int]:
        """Question → the version that was on the screen."""
        told = (pair.partition(":") for pair in self.cleaned_data["versions"].split(",") if pair)
        return {int(pk): int(version) for pk, _colon, version in told if pk.isdecimal() and version.isdecimal()}


def versions(questions: Sequence[Question]) -> str:
    """The questions on a screen, as its form carries them."""
    return ",".join(f"{each.pk}:{each.version}" for each in questions)


def sign(at: int) -> str:
    """The letter by which an entry is known on a screen with several."""
    return chr(ord("A") + at)


def _one_with(at: int, entry: DirectoryEntry) -> str:
    return gettext("the same as %(sign)s, %(name)s") % {"sign": sign(at), "name": entry.name_in()}
