"""What a restored site goes through before it serves again.

A restore gives back exactly what was kept. What must not come back with it, or must be made again, is a step: a
function of an app below that takes ``by``, is harmless when it is done twice, and writes its own entry in the audit.
Whoever adds an erasure that must hold beyond a restore adds its step here; the order is the order of this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from soyol.accounts.actions import end_all_sessions
from soyol.audit import By
from soyol.audit.actions import record, seal
from soyol.backups import note
from soyol.backups.telling import Telling
from soyol.notices.actions import hold_back
from soyol.rights.actions.erasing import again as erase_again


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do after a restore."""

    title: str
    do: Callable[..., object]


STEPS: tuple[Step, ...] = (
    # Somebody who signed out since, or was signed out by a new password, must not be signed in again.
    Step("Ending all sessions of the time of the backup", end_all_sessions),
    # What waited then has been sent since: a second letter, or a code that another one replaced, helps nobody.
    Step("Holding back messages that waited at the time of the backup", hold_back),
    # The backup holds whoever was erased after it was made; nobody may meet them again.
    Step("Erasing again whoever was erased since", erase_again),
)


def finish(*, by: By, telling: Telling | None = None) -> bool:
    """Do all steps when this site was just restored, and write the restore down; whether there was one."""
    place = Path(settings.SOYOL_DATA)
    told = note.read(place)
    if told is None:
        return False
    telling = telling or Telling()
    for step in STEPS:
        with telling.step(step.title):
            step.do(by=by)
    with telling.step("Writing the restore down, and sealing who did what"):
        with transaction.atomic():
            detail = {"made_at": told.made_at}
            record(by, "backups.backup.restore", f"backups.Backup:{told.digest[:16]}", detail)
        seal()
    note.take_away(place)
    return True
