"""The life of a body: found, rename, dissolve, and mending a slip. Merging and splitting come with the mandates.

Each writes only while the body has the version that it was given with, and raises Stale otherwise.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from soyol.audit import By
from soyol.audit.actions import record
from soyol.bodies.choices import BodyKind
from soyol.bodies.models import Body, FormerName
from soyol.fields.languages import language_map
from soyol.places.models import Unit

#: What may have been written wrong.
CORRECTABLE = frozenset({"names", "kind", "unit", "founded", "dissolved"})


@transaction.atomic
def found(
    *,
    by: By,
    names: Mapping[str, str],
    kind: BodyKind = BodyKind.OTHER,
    unit: Unit | None = None,
    founded: date | None = None,
) -> Body:
    """Enter a body."""
    body = Body(names=language_map(names), kind=kind, unit=unit, founded=founded)
    body.full_clean()
    body.save()
    record(by, "bodies.body.found", f"bodies.Body:{body.pk}", {"names": body.names, "kind": str(kind)})
    return body


@transaction.atomic
def rename(*, by: By, body: Body, names: Mapping[str, str], on: date) -> Body:
    """Give a body new names from a day on; the old ones are kept with their last day."""
    last = body.former_names.first()
    if last is not None and on <= last.until:
        raise ValidationError(_("The body was renamed later than that already; names change forward in time."))
    former = FormerName(body=body, names=body.names, until=on)
    former.full_clean()
    former.save()
    body.names = language_map(names)
    body.full_clean()
    body.keep("names")
    detail = {"from": former.names, "to": body.names, "on": on}
    record(by, "bodies.body.rename", f"bodies.Body:{body.pk}", detail)
    return body


@transaction.atomic
def correct(*, by: By, body: Body, **changes: Any) -> Body:
    """Mend what was written wrong about a body: any of ``CORRECTABLE``. Nothing is written where nothing changes.

    A new name from a day on is ``rename``, an end is ``dissolve``: these are part of its life, and this is not.
    """
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise TypeError(f"{unknown[0]!r} of a body cannot be corrected; accepted: {', '.join(sorted(CORRECTABLE))}")
    if "names" in changes:
        changes["names"] = language_map(changes["names"])
    changed = {name: value for name, value in changes.items() if getattr(body, name) != value}
    if not changed:
        return body
    for name, value in changed.items():
        setattr(body, name, value)
    body.full_clean()
    body.keep(*changed)
    record(by, "bodies.body.correct", f"bodies.Body:{body.pk}", {"fields": sorted(changed)})
    return body


@transaction.atomic
def dissolve(*, by: By, body: Body, on: date) -> Body:
    """End a body on a day; what it kept and answered for stays."""
    if body.dissolved is not None:
        raise ValidationError(_("The body is dissolved already."))
    body.dissolved = on
    body.full_clean()
    body.keep("dissolved")
    record(by, "bodies.body.dissolve", f"bodies.Body:{body.pk}", {"on": on})
    return body
