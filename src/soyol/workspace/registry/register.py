"""What the page of an entry needs to offer that a register of the state is asked about it."""

from django.conf import settings
from django.http import HttpRequest

from soyol.accounts.choices import Permission
from soyol.exchange.offered import offered
from soyol.registry.models import DirectoryEntry
from soyol.registry.rules import FIELDS
from soyol.workspace.acting import registry_scope


def part_of(request: HttpRequest, entry: DirectoryEntry) -> dict[str, object] | None:
    """On which ground and about what it is asked; None where it cannot be, by this account or about this entry."""
    register = offered()
    if register is None or entry.kind not in register.tells:
        return None
    if not registry_scope(request, Permission.ASK_REGISTER).holds(entry.unit_path):
        return None
    fields = [FIELDS[code].label() for code in register.tells[entry.kind]]
    return {"ground": settings.SOYOL_EXCHANGE_GROUND, "fields": fields}
