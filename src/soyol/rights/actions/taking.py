"""Taking along everything that is held about somebody."""

from typing import Any

from django.db import transaction

from soyol.accounts.models import User
from soyol.audit import By
from soyol.audit.actions import record
from soyol.registry.models import Actor
from soyol.rights.queries.taking import everything


@transaction.atomic
def take(*, by: By, user: User, actor: Actor, how: str) -> dict[str, Any]:
    """Everything about an entry for its holder; that it was taken is written down first. ``how``: page or file."""
    record(by, "rights.data.take", f"registry.Actor:{actor.number}", {"way": how})
    return everything(actor, user, pictures=how == "file")
