"""Who holds what, and which entry is meant."""

from soyol.claims.queries.holding import Held, contested, held, held_by, holders_of, holds_of, name_of
from soyol.claims.queries.matching import Contact, believed_holders, contact_of, entry_with_contact, stated_of
from soyol.claims.queries.waiting import (
    claims_of,
    claims_to_check,
    code_asked_by,
    contested_entries,
    document_claim_of,
    handover_for,
    holds_another,
    open_claims_of,
)

__all__ = [
    "Contact",
    "Held",
    "believed_holders",
    "claims_of",
    "claims_to_check",
    "code_asked_by",
    "contact_of",
    "contested",
    "contested_entries",
    "document_claim_of",
    "entry_with_contact",
    "handover_for",
    "held",
    "held_by",
    "holders_of",
    "holds_another",
    "holds_of",
    "name_of",
    "open_claims_of",
    "stated_of",
]
