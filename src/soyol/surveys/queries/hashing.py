"""By what equal answers are known without opening them."""

from collections.abc import Mapping
from typing import Any

from soyol.audit.rules import canonical
from soyol.fields import blind_index
from soyol.fields.keys import ring
from soyol.surveys.models import Survey
from soyol.surveys.rules import Form


def content_hash(form: Form, answers: Mapping[str, Any]) -> str:
    """Keyed hash of what was asked; what is counted may differ from day to day."""
    return blind_index(canonical(_asked_only(form, answers)), "surveys.answers")[:32]


def device_key(survey: Survey, who: str) -> bytes:
    """The 32 bytes by which the answers that ``who`` (an account's number) writes on a device are closed there.

    Equal each time, so that the device may forget it: whoever signs in again opens their answers, and nobody else does.
    """
    return ring().derive(f"surveys.device:{survey.code}:{who}")


def _asked_only(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, list):
            made[name] = [_asked_only(form, each) for each in value]
        elif form.placed[name].item.is_asked:
            made[name] = value
    return made
