"""What people ask about their data, for tests."""

from io import BytesIO

from soyol.accounts.models import User
from soyol.registry.models import Actor
from soyol.rights import actions
from soyol.rights.actions.evidence import Sent
from soyol.rights.models import Request
from tests.factories.claims import a_holder

PDF = b"%PDF-1.7 an invented letter"


def a_letter(name: str = "letter.pdf", content: bytes = PDF) -> Sent:
    """A file that proves something."""
    return Sent(name, BytesIO(content), len(content))


def a_request(actor: Actor, user: User | None = None, *, phone: str = "99112233") -> Request:
    """A telephone number that the holder proposes, with a letter."""
    user = user or a_holder(actor)
    return actions.propose(
        by=user.by, user=user, actor=actor, field="phones", values={"phones": [phone]}, shown=["88001122"],
        why="My number is another one", evidence=[a_letter()], language="mn",
    )  # fmt: skip
