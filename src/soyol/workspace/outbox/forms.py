"""What the outbox is narrowed by."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from soyol.notices.choices import Channel, MessageState
from soyol.workspace.outbox.words import PURPOSES, message_words

ANY = ("", _("all"))


class OutboxForm(forms.Form):
    """State, way and purpose: nothing of it is needed."""

    state = forms.ChoiceField(label=_("State"), required=False)
    channel = forms.ChoiceField(label=_("By which way"), required=False)
    purpose = forms.ChoiceField(label=_("What for"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purposes = sorted(((code, message_words(code)) for code in PURPOSES), key=lambda each: each[1])
        offered: dict[str, list[Any]] = {
            "state": [ANY, *MessageState.choices],
            "channel": [ANY, *Channel.choices],
            "purpose": [ANY, *purposes],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def condition(self) -> Q:
        """The messages asked for; all of them while the form is wrong, which the page says."""
        return Q(**{name: value for name, value in self.cleaned_data.items() if value})
