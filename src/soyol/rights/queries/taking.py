"""Everything that is held about somebody, for whoever holds the entry. The shape stands in docs/reference/taking.md.

Nothing of anybody else is in it: of a tie only the own side, unless everybody may know the other; of what officers did
the office and never the name; of other accounts nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from soyol.accounts.models import User
from soyol.registry.choices import Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries.labels import value_labels
from soyol.registry.queries.numbers import leads_to
from soyol.rights.queries import taking_life as life
from soyol.rights.queries import taking_rows as rows
from soyol.rights.queries import taking_said as said
from soyol.rights.queries.records import records_about
from soyol.rights.queries.taking_rows import coded

#: Version of the shape. It rises when a key changes its meaning or goes; new keys may come.
VERSION = 1
SCHEMA = "soyol.everything-about"


def everything(actor: Actor, holder: User | None = None, *, pictures: bool = False) -> dict[str, Any]:
    """All of it as JSON values; ``holder``: whose claims, account and words belong in it. The same number of queries
    for any number of rows. ``pictures``: the photograph too, as JPEG in base64.
    """
    leads, records = leads_to([actor.pk]), records_about(actor)
    codes = value_labels()
    numbers = dict(Actor.objects.filter(pk__in=leads).values_list("pk", "number"))
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "entry": _entry(actor, numbers),
        "statements": rows.statements(actor, records, codes),
        "rows": rows.rows(records),
        "answers": rows.answers(records),
        "profile": said.profiles(leads, pictures=pictures),
        "certificates": said.certificates(leads),
        "history": life.history(actor, leads),
        "memberships": life.memberships(actor),
        "stakes": life.stakes(actor),
        "consents": life.consents(actor),
        "requests": life.requests(actor, holder),
        "looks": life.looks(numbers.values(), records),
        "messages": life.messages(numbers.values(), holder),
        "holding": life.holding(leads, holder),
        "account": _account(holder),
    }


def _entry(actor: Actor, numbers: Mapping[int, str]) -> dict[str, Any]:
    faces = {each.face: each for each in DirectoryEntry.objects.filter(actor=actor)}
    entry = faces.get(Face.STAFF)
    return {
        "number": actor.number,
        "former_numbers": sorted(number for number in numbers.values() if number != actor.number),
        "kind": coded(actor.kind, actor.get_kind_display()),
        "state": coded(actor.state, actor.get_state_display()),
        "since": actor.created_at.isoformat(),
        "name": entry.name if entry else "",
        "names": dict(entry.names) if entry else {},
        "shown_to_everybody": Face.PUBLIC in faces,
    }


def _account(holder: User | None) -> dict[str, Any] | None:
    if holder is None:
        return None
    return {"name": holder.name, "email": holder.email, "since": holder.joined_at.isoformat()}
