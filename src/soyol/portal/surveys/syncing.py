"""The door through which devices send what was written without a network.

It speaks JSON; ``state`` says what became of a set of answers: ``sent``, ``refused``, ``differs``, or ``later``.
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from soyol.accounts import queries as accounts
from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.accounts.models import User
from soyol.accounts.queries import Scope
from soyol.audit import By
from soyol.portal.surveys.finding import found_carried, found_survey
from soyol.portal.surveys.words import wrong_words
from soyol.surveys import actions, queries
from soyol.surveys.actions import Carried, Differs, Unfit
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.rules import Refused
from soyol.surveys.rules.forms import SECRET
from soyol.ui.templatetags.soyol_formats import moment

#: Bytes of one set of answers with what stands around it.
MOST_BYTES = 1_000_000
#: What is not the form's to judge: code → words.
REFUSED = {
    "not_json": gettext_noop("What was sent is no set of answers in JSON. Open the page of the survey anew."),
    "shape": gettext_noop(
        "The part “%(value)s” is missing or is not what it has to be. Open the page of the survey anew."
    ),
    "too_big": gettext_noop("The answers have more than %(most)s bytes. Shorten the long ones."),
    "slow": gettext_noop(
        "Very many answers came from this connection within an hour. They are kept on the device; try again later."
    ),
    "version": gettext_noop("This survey has no version “%(value)s” that was ever asked."),
    "sign_in": gettext_noop(
        "An officer wrote these answers. Sign in as that officer to send them; they stay on the device."
    ),
    "another": gettext_noop(
        "Another officer wrote these answers. Only that officer can send them; they stay on the device."
    ),
}
#: What the body must hold.
PARTS: dict[str, type] = {"instance_id": str, "secret": str, "version": str, "answers": dict, "edited_at": str}


class _No(Exception):
    """An answer that is no submission: its status, state, words, and what else is told."""

    def __init__(self, status: int, code: str, words: str, *, state: str = "refused", **more: Any) -> None:
        super().__init__(code)
        self.status, self.told = status, {"state": state, "code": code, "words": words, **more}


class _Acting(NamedTuple):
    by: By
    units: frozenset[str] | None


@door(public=True)
@never_cache
def sync(request: HttpRequest, code: str) -> JsonResponse:
    """GET tells a device who is signed in and gives the token that a POST needs; POST takes one set of answers in."""
    survey = found_survey(code)
    if request.method != "POST":
        asked = queries.open_versions().filter(survey=survey).values_list("version", flat=True).first()
        officer = _officer(request)
        told: dict[str, Any] = {"token": get_token(request), "asked": asked or "", "officer": None}
        if officer is not None:
            key = base64.b64encode(queries.device_key(survey, str(officer.pk))).decode()
            told["officer"] = {"id": str(officer.pk), "name": officer.by.name, "key": key}
        return JsonResponse(told)
    try:
        body = _body(request)
        with translation.override(_language(body)):
            return JsonResponse(_taken_in(request, code, body))
    except _No as no:
        return JsonResponse(no.told, status=no.status)


def _officer(request: HttpRequest) -> User | None:
    """Whoever is signed in and may enter answers for others."""
    user = request.user
    if not isinstance(user, User) or accounts.lacks_second_factor(user):
        return None
    return user if accounts.may(user, Permission.ENTER_ANSWERS) else None


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise _No(400, "not_json", _(REFUSED["not_json"]))
    if len(request.body) > MOST_BYTES:
        raise _No(413, "too_big", _(REFUSED["too_big"]) % {"most": MOST_BYTES})
    try:
        told = json.loads(request.body)
        json.dumps(told, ensure_ascii=False).encode()  # halves of a sign can be kept nowhere
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _No(400, "not_json", _(REFUSED["not_json"]))
    return told


def _language(body: Mapping[str, Any]) -> str:
    told = body.get("language")
    return told if isinstance(told, str) and told in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _taken_in(request: HttpRequest, code: str, body: Mapping[str, Any]) -> dict[str, Any]:
    mandate = _mandate(body)
    carried = _carried(code, body, mandate)
    acting = _acting(request, body) if mandate is not None else _Acting(By.public(), None)
    if mandate is None and not ratelimit.consume(request, action="survey_send"):
        raise _No(429, "slow", _(REFUSED["slow"]), state="later")
    try:
        done = actions.sync(by=acting.by, carried=carried, units=acting.units)
    except Unfit as unfit:
        wrong = [
            {"name": each.spot.item.name, "round": each.spot.round, "words": wrong_words(unfit.filled, each)}
            for each in unfit.wrong
        ]
        raise _No(422, unfit.code, str(unfit), wrong=wrong) from unfit
    except Differs as differs:
        raise _No(409, differs.code, str(differs), state="differs", **_beside(differs)) from differs
    except Refused as refused:
        raise _No(422, refused.code, str(refused)) from refused
    return {"state": "sent", **_receipt(done.submission), "again": done.again}


def _receipt(sent: Submission) -> dict[str, Any]:
    return {"number": sent.number, "at": moment(sent.received_at), "revision": sent.revision}


def _beside(differs: Differs) -> dict[str, Any]:
    """What stands here, for whoever wrote it; national numbers stay masked."""
    current = differs.current
    if not differs.shown:
        return _receipt(current)
    return {**_receipt(current), "answers": _masked(current.version, current.answers)}


def _masked(version: FormVersion, answers: Mapping[str, Any]) -> dict[str, Any]:
    secret = {placed.item.name for placed in version.compiled.questions() if placed.item.field in SECRET}

    def shown(told: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: [shown(each) for each in value] if isinstance(value, list) else "•" * 8 if name in secret else value
            for name, value in told.items()
        }

    return shown(answers)


def _carried(code: str, body: Mapping[str, Any], mandate: dict[str, str] | None) -> Carried:
    for name, kind in PARTS.items():
        if not isinstance(body.get(name), kind):
            raise _shape(name)
    corrects = body.get("corrects")
    if corrects is not None and (isinstance(corrects, bool) or not isinstance(corrects, int)):
        raise _shape("corrects")
    version = found_carried(code).filter(version=_tidy(body["version"])).first()
    if version is None:
        raise _No(422, "version", _(REFUSED["version"]) % {"value": body["version"][:60]})
    return Carried(
        instance_id=body["instance_id"],
        secret=body["secret"],
        version=version,
        answers=body["answers"],
        edited_at=_edited_at(body["edited_at"]),
        mandate=mandate,
        corrects=corrects,
    )


def _shape(name: str) -> _No:
    return _No(400, "shape", _(REFUSED["shape"]) % {"value": name})


def _tidy(text: str) -> str:
    return text.replace("\0", "")


def _edited_at(text: str) -> datetime:
    try:
        told = parse_datetime(text)
    except ValueError:
        told = None
    if told is None or told.tzinfo is None or not 2000 <= told.year <= 9000:
        raise _shape("edited_at")
    return told


def _mandate(body: Mapping[str, Any]) -> dict[str, str] | None:
    """On what authority an officer wrote for somebody; None where people wrote for themselves."""
    told = body.get("mandate")
    if told is None:
        return None
    if not isinstance(told, dict) or not isinstance(body.get("officer"), str):
        raise _shape("mandate")
    return {name: str(told.get(name, ""))[:300] for name in ("who", "how", "authority", "agreed")}


def _acting(request: HttpRequest, body: Mapping[str, Any]) -> _Acting:
    """The officer who wrote the answers, who has to be the one that is signed in."""
    officer = _officer(request)
    if officer is None:
        raise _No(401, "sign_in", _(REFUSED["sign_in"]), state="later")
    if str(officer.pk) != body["officer"]:
        raise _No(403, "another", _(REFUSED["another"]), state="later")
    held = accounts.scope(officer, Permission.ENTER_ANSWERS)
    return _Acting(officer.by, None if isinstance(held, Scope) else held)
