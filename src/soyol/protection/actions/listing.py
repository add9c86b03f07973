"""Listing whom a loss of data concerns, and keeping the list as a workbook."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.jobs import actions as jobs
from soyol.protection.models import Affected, Loss
from soyol.protection.queries.affected import PART, affected, as_rows, concerned, targets, totals, workbook_rows
from soyol.protection.queries.held import KIND_OF
from soyol.protection.rules import Refused, Window
from soyol.registry.actions.exports import write_workbook
from soyol.sources.queries.workroom import workroom

#: Kind of the long work, and what the audit says a look of it was for.
LIST = "protection.list"
PURPOSE = "protection.loss.list"
Progress = Callable[[int, int], None]
Finish = Callable[[dict[str, Any]], None]


@transaction.atomic
def open_loss(*, by: By, what: str, tables: Sequence[str], window: Window, account: str = "", lang: str = "en") -> Loss:
    """Write a loss down and ask for the list of whom it concerns.

    ``tables``: codes of ``queries.held``; ``account``: the address of an account that was misused. Raises Refused for a
    window that is none, for nothing at all, and for an account that there is not.
    """
    window.check(timezone.now())
    known = [code for code in KIND_OF if code in tables]
    user = User.objects.filter(email=account.strip().lower()).first() if account.strip() else None
    if account.strip() and user is None:
        raise Refused("account", address=account.strip())
    if not known and user is None:
        raise Refused("nothing_lost")
    loss = Loss.objects.create(
        what=what,
        tables=known,
        account_id=user.pk if user else None,
        since=window.since,
        until=window.until,
        made_by_id=int(by.id) if by.kind == "person" and by.id.isdecimal() else None,
        made_by=by.name or by.kind,
    )
    audit.record(by, "protection.loss.open", f"protection.Loss:{loss.pk}", {"kinds": known, "count": len(known)})
    loss.job_id = jobs.enqueue(LIST, {"loss": loss.pk, "lang": lang}, by=by, key=f"{LIST}:{loss.pk}").pk
    loss.save(update_fields=["job_id"])
    return loss


def list_concerned(
    *, by: By, loss: Loss, lang: str, view: str, progress: Progress = lambda _done, _total: None, finish: Finish
) -> int:
    """Write the list anew, look by look into the audit, and keep it as a workbook; how many people it names.

    The page has it as soon as the looks are written, the workbook comes after. Reading holds up nobody; writing goes in
    short transactions, and what a killed run has written is written again.
    """
    found = concerned(loss, check=lambda: progress(0, 0))
    _write(loss, found, progress)
    audit.looked_at_many(by, targets(found), ["name"], PURPOSE, view=view)
    counts = totals(found.values())
    with transaction.atomic():
        Loss.objects.filter(pk=loss.pk).update(listed_at=timezone.now(), people=len(found), counts=counts)
        audit.record(by, PURPOSE, f"protection.Loss:{loss.pk}", {"count": len(found)})
    with workroom() as room, override(lang):
        path = room / f"loss-{loss.pk}.xlsx"
        write_workbook(path, workbook_rows(loss, counts), name=_("Whom it concerns"))
        with transaction.atomic():
            stored = files.keep(by=by, name=path.name, content=path, personal=True)
            finish({"loss": loss.pk, "file": str(stored.pk), "people": len(found)})
    return len(found)


def _write(loss: Loss, found: dict[Any, Any], progress: Progress) -> None:
    while gone := list(affected(loss).values_list("pk", flat=True)[:PART]):
        with transaction.atomic():
            Affected.objects.filter(pk__in=gone).delete()
    rows, done = as_rows(loss, found), 0
    while part := list(islice(rows, PART)):
        with transaction.atomic():
            Affected.objects.bulk_create(part, batch_size=500)
        done += len(part)
        progress(done, len(found))
