"""What devices send: what is right comes in once, all else is refused with a reason, nobody speaks for an officer."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from soyol.accounts.models import User
from soyol.audit.models import Entry
from soyol.surveys import actions, queries
from soyol.surveys.models import FormVersion, Submission
from soyol.surveys.rules.devices import instance_of
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
ADDRESS = "/surveys/craft/sync/"
SECRET = "ab" * 32
Signed = Callable[[User | None], Client]
Told = dict[str, Any]


def _body(**more: Any) -> Told:
    return {
        "instance_id": instance_of(SECRET),
        "secret": SECRET,
        "version": "1",
        "answers": make.answers(),
        "edited_at": timezone.now().isoformat(),
        "language": "en",
        **more,
    }


def _send(client: Client, body: Any) -> tuple[int, Told]:
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    answer = client.post(ADDRESS, content, content_type="application/json")
    return answer.status_code, answer.json()


def _by(user: User, **more: Any) -> Told:
    return _body(mandate=make.MANDATE, officer=str(user.pk), **more)


def test_answers_are_taken_in_once_and_the_receipt_is_the_same(version: FormVersion, client_of: Signed) -> None:
    client = client_of(None)
    status, first = _send(client, _body())
    again = _send(client, _body(edited_at=timezone.now().isoformat()))
    made = Submission.objects.get()
    assert (status, first["state"], first["number"], first["again"]) == (200, "sent", made.number, False)
    assert again == (200, {**first, "again": True})


def test_who_asks_is_told_the_version_and_a_token(
    version: FormVersion, client_of: Signed, province_officer: User, artist: User
) -> None:
    for user in (None, artist):
        answer = client_of(user).get(ADDRESS)
        told = answer.json()
        assert (told["asked"], told["officer"], len(told["token"]) > 20) == ("1", None, True)
        assert "no-store" in answer["Cache-Control"]
    officer = client_of(province_officer).get(ADDRESS).json()["officer"]
    key = base64.b64encode(queries.device_key(version.survey, str(province_officer.pk))).decode()
    assert officer == {"id": str(province_officer.pk), "name": province_officer.by.name, "key": key}


def test_each_officer_has_a_key_of_their_own(
    version: FormVersion, registry_officer: User, province_officer: User
) -> None:
    keys = {queries.device_key(version.survey, str(user.pk)) for user in (registry_officer, province_officer)}
    assert (len(keys), {len(key) for key in keys}) == (2, {32})
    assert queries.device_key(version.survey, str(registry_officer.pk)) in keys


def test_it_needs_the_token(version: FormVersion) -> None:
    client = Client(enforce_csrf_checks=True)
    body = json.dumps(_body())
    assert client.post(ADDRESS, body, content_type="application/json").status_code == 403
    token = client.get(ADDRESS).json()["token"]
    sent = client.post(ADDRESS, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert (sent.status_code, Submission.objects.count()) == (200, 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "not_json"),
        ("[]", "not_json"),
        ("nonsense", "not_json"),
        (b"\xff\xfe", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"a": "\\ud800"}', "not_json"),
        ('{"a": 1' + "0" * 5000 + "}", "not_json"),
        ({}, "shape"),
        (_body, "answers"),
        (_body, "edited_at"),
        (_body, "secret"),
        (_body, "version"),
    ],
)
def test_junk_is_refused_with_a_reason(version: FormVersion, client_of: Signed, body: Any, code: str) -> None:
    told = {**_body(), code: 7} if callable(body) else body
    status, answer = _send(client_of(None), told)
    assert (status, answer["code"], answer["state"]) == (400, "shape" if callable(body) else code, "refused")
    assert answer["words"]
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    "told", ["yesterday", "2026-11-27T10:00:00", "0001-01-01T00:00:00+14:00", "2026-99-01T00:00:00Z"]
)
def test_a_moment_that_is_none_is_refused(version: FormVersion, client_of: Signed, told: str) -> None:
    assert _send(client_of(None), _body(edited_at=told))[0] == 400


@pytest.mark.parametrize("corrects", [True, "1", 1.5, []])
def test_a_revision_that_is_none_is_refused(version: FormVersion, client_of: Signed, corrects: Any) -> None:
    assert _send(client_of(None), _body(corrects=corrects))[1]["code"] == "shape"


def test_another_kind_of_content_is_refused(version: FormVersion, client_of: Signed) -> None:
    answer = client_of(None).post(ADDRESS, {"instance_id": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


def test_too_much_is_refused(version: FormVersion, client_of: Signed) -> None:
    status, answer = _send(client_of(None), _body(padding="x" * 1_000_001))
    assert (status, answer["code"]) == (413, "too_big")


def test_a_version_that_nobody_knows_and_one_that_never_asked_are_refused_alike(
    version: FormVersion, client_of: Signed, tmp_path: Any
) -> None:
    path = make.craft_workbook(tmp_path, "draft")
    actions.add_version(by=make.BY, survey=version.survey, path=path, name=path.name)
    told = [_send(client_of(None), _body(version=name)) for name in ("none", "draft", "\0")]
    assert [(status, answer["code"]) for status, answer in told] == [(422, "version")] * 3


def test_what_is_wrong_names_question_round_and_words(version: FormVersion, client_of: Signed) -> None:
    answers = make.answers(works=[{"title": "Felt"}, {"title": "", "year": "soon"}])
    status, answer = _send(client_of(None), _body(answers=answers))
    assert (status, answer["state"]) == (422, "refused")
    assert answer["wrong"] == [
        {"name": "title", "round": 1, "words": "Please answer this question."},
        {"name": "year", "round": 1, "words": "Write a whole number in figures, such as 12."},
    ]


def test_other_answers_are_shown_to_the_device_that_sent_the_first(version: FormVersion, client_of: Signed) -> None:
    client = client_of(None)
    _status, first = _send(client, _body())
    status, answer = _send(client, _body(answers=make.answers(phone="")))
    assert (status, answer["state"], answer["number"], answer["revision"]) == (409, "differs", first["number"], 1)
    assert answer["answers"] == Submission.objects.get().answers
    assert Entry.objects.filter(action="audit.data.look").count() == 1
    status, answer = _send(client, _body(answers=make.answers(phone=""), corrects=1))
    assert (status, answer["revision"]) == (200, 2)


def test_whoever_knows_an_id_only_learns_nothing(version: FormVersion, client_of: Signed) -> None:
    known = make.sent(version)
    status, answer = _send(client_of(None), _body(instance_id=known.instance_id))
    assert (status, answer["code"], set(answer)) == (422, "not_yours", {"state", "code", "words"})


def test_posting_without_end_is_slowed_and_nothing_is_lost(
    version: FormVersion, client_of: Signed, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "survey_send": "2/h/ip"}
    told = [_send(client_of(None), _body()) for _try in range(3)]
    assert [status for status, _answer in told] == [200, 200, 429]
    assert (told[2][1]["state"], told[2][1]["code"]) == ("later", "slow")


def test_what_an_officer_wrote_is_sent_by_them_alone(
    version: FormVersion, registry_officer: User, province_officer: User, artist: User, client_of: Signed
) -> None:
    body = _by(province_officer)
    told = [_send(client_of(user), body) for user in (None, artist, registry_officer)]
    assert [(status, answer["state"], answer["code"]) for status, answer in told] == [
        (401, "later", "sign_in"),
        (401, "later", "sign_in"),
        (403, "later", "another"),
    ]
    assert Submission.objects.count() == 0
    status, _answer = _send(client_of(province_officer), body)
    made = Submission.objects.get()
    assert (status, made.mode, made.entered_by_id) == (200, "enumerator", str(province_officer.pk))


def test_an_officer_of_another_province_is_refused(
    version: FormVersion, officer_elsewhere: User, client_of: Signed
) -> None:
    status, answer = _send(client_of(officer_elsewhere), _by(officer_elsewhere))
    assert (status, answer["code"]) == (422, "outside")


@pytest.mark.parametrize(
    "mandate", ["x", {"who": ""}, {"who": "A", "how": "by_dream", "authority": "B", "agreed": "yes"}]
)
def test_a_mandate_says_what_it_must(
    version: FormVersion, registry_officer: User, client_of: Signed, mandate: Any
) -> None:
    _status, answer = _send(client_of(registry_officer), {**_by(registry_officer), "mandate": mandate})
    assert answer["code"] == ("shape" if mandate == "x" else "mandate")


def test_a_closed_survey_still_takes_what_was_written_before(version: FormVersion, client_of: Signed) -> None:
    actions.close(by=make.BY, survey=version.survey)
    client = client_of(None)
    assert client.get(ADDRESS).json()["asked"] == ""
    status, _answer = _send(client, _body())
    assert (status, Submission.objects.get().came_late) == (200, True)


def test_a_survey_that_never_asked_is_not_there(country: object, client_of: Signed) -> None:
    make.a_survey("quiet")
    client = client_of(None)
    assert [client.get(f"/surveys/{code}/sync/").status_code for code in ("quiet", "none")] == [404, 404]
