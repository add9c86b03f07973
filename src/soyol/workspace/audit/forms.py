"""What the audit is narrowed by."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.workspace.asking import DAY_EXAMPLE
from soyol.workspace.audit.labels import action_choices

ANY = ("", _("all"))


class AuditForm(forms.Form):
    """Kind and action, who acted, on which day, and what it is about: nothing of it is needed."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    who = forms.CharField(label=_("Who"), required=False, max_length=200)
    day = forms.DateField(
        label=_("On which day"), required=False, widget=forms.DateInput(attrs={"placeholder": DAY_EXAMPLE})
    )
    what = forms.CharField(label=_("Number or code"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[Any]] = {"kind": [ANY, *EntryKind.choices], "action": [ANY, *action_choices()]}
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def condition(self) -> Q:
        """The entries asked for; all of them while the form is wrong, which the page says."""
        given = self.cleaned_data
        found = Q()
        for name in ("kind", "action"):
            if given.get(name):
                found &= Q(**{name: given[name]})
        if given.get("who"):
            found &= _acted(given["who"])
        if given.get("day"):
            found &= _on(given["day"])
        if given.get("what"):
            found &= Q(target=given["what"]) | Q(target__endswith=f":{given['what']}")
        return found


def _on(day: date) -> Q:
    """Entries of one day of the country; none at the ends of the calendar, which have no such day in UTC."""
    try:
        begins = timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
        return Q(at__gte=begins, at__lt=begins + timedelta(days=1))
    except OverflowError:
        return Q(pk__in=())


def _acted(who: str) -> Q:
    """Entries of accounts with such a name today, and of whoever was called so then."""
    asked = who.casefold()
    # Compared here: SQLite does not know that Б and б are one letter.
    accounts = [str(pk) for pk, name in User.objects.values_list("pk", "name") if asked in name.casefold()]
    return Q(actor_id__in=accounts, actor_kind="person") | Q(actor_name__icontains=who)
