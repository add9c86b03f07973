"""Why a message did not go out, in words."""

import re
from pathlib import Path

from django.utils.translation import override

from soyol.fields.keeping import rows
from soyol.notices import reasons
from soyol.notices.models import Message
from soyol.notices.reasons import REASONS, reason

NOTICES = Path(reasons.__file__).parent


def test_every_reason_that_is_written_anywhere_has_words() -> None:
    files = [path for path in NOTICES.rglob("*.py") if path.name != "reasons.py"]
    told = "".join(path.read_text(encoding="utf-8") for path in files)
    periods = {row.code for row in rows()}  # written alike, and no reasons
    assert set(re.findall(r'"(notices\.[a-z_]+)"', told)) - periods == set(REASONS)


def test_a_reason_is_said_in_the_readers_language() -> None:
    with override("en"):
        assert reason(Message(error_code="notices.erased")) == "Whom it was for was erased meanwhile."
        assert reason(Message()) == ""
