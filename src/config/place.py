"""Each process of the site says that it is in the data folder, so that a restore does not exchange it underneath."""

from django.conf import settings

from soyol.backups import note
from soyol.backups.rules import Refused
from soyol.lib import tenancy


def enter(*, serves: bool) -> None:
    """Hold the data folder until this process ends.

    Exits with the reason while a restore is at work there, and for what ``serves`` people or does their work also where
    a restore has not been brought to its end.
    """
    try:
        tenancy.enter(settings.SOYOL_DATA)
        if serves:
            note.refuse_unfinished(settings.SOYOL_DATA)
    except tenancy.Occupied:
        raise SystemExit(
            f"{settings.SOYOL_DATA} is being restored from a backup. Try again when that is done."
        ) from None
    except Refused as refusal:
        raise SystemExit(f"{refusal}\n{refusal.way_out}") from None
