"""Why a message did not go out, in words."""

import re
from pathlib import Path

from django.utils.translation import override

from soyol.notices import reasons
from soyol.notices.models import Message
from soyol.notices.reasons import REASONS, reason

NOTICES = Path(reasons.__file__).parent


def test_every_reason_that_is_written_anywhere_has_words() -> None:
    files = [path for path in NOTICES.rglob("*.py") if path.name not in {"reasons.py", "keeping.py"}]
    told = "".join(path.read_text(encoding="utf-8") for path in files)
    assert set(re.findall(r'"(notices\.[a-z_]+)"', told)) == set(REASONS)


def test_a_reason_is_said_in_the_readers_language() -> None:
    with override("en"):
        assert reason(Message(error_code="notices.erased")) == "Whom it was for was erased meanwhile."
        assert reason(Message()) == ""
