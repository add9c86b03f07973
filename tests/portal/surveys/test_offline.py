"""What a device takes along of a survey: the same for everybody, whole, and nothing of anybody."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from soyol.accounts.models import User
from soyol.surveys import actions
from soyol.surveys.models import FormVersion
from soyol.surveys.rules.carrying import carried
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
PLACE = "/surveys/craft/offline/"


@pytest.fixture
def visitor(client_of: Signed) -> Client:
    """A browser in English, whatever the country."""
    client = client_of(None)
    client.cookies["soyol_language"] = "en"
    return client


def _parts(client: Client) -> dict[str, Any]:
    """What the worker is told."""
    found = re.search(r"serve\((.*)\);", client.get(f"{PLACE}worker.js").content.decode())
    assert found
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def test_the_page_says_what_will_be_on_the_device_and_leads_to_the_ordinary_form(
    version: FormVersion, visitor: Client
) -> None:
    body = visitor.get(PLACE).content.decode()
    assert [word in body for word in ("KB. Nothing of anybody else.", "needs a script", 'href="/surveys/craft/"')] == [
        True
    ] * 3
    assert 'data-worker="/surveys/craft/offline/worker.js"' in body


def test_everything_that_the_worker_keeps_is_there_for_everybody(version: FormVersion, visitor: Client) -> None:
    addresses = _parts(visitor)["addresses"]
    mine = [each for each in addresses if not each.startswith("/static/")]
    assert mine == [f"{PLACE}mn/", f"{PLACE}en/", f"{PLACE}form-{version.pk}.json"]
    assert [visitor.get(each).status_code for each in mine] == [200] * 3
    assert {"/static/ui/js/survey/device.js", "/static/ui/js/survey/worth.js", "/static/ui/soyol.css"} <= set(addresses)


def test_the_page_of_the_device_is_the_same_for_everybody(
    version: FormVersion, visitor: Client, registry_officer: User, client_of: Signed
) -> None:
    told = [client.get(f"{PLACE}en/") for client in (visitor, client_of(registry_officer))]
    assert told[0].content == told[1].content
    assert {each["X-Soyol-Edition"] for each in told} == {_parts(visitor)["edition"]}
    assert [word in told[0].content.decode() for word in (str(registry_officer), "csrf", "sessionid")] == [False] * 3
    assert [each["Content-Language"] for each in told] == ["en", "en"]


def test_the_page_speaks_the_language_of_its_address(version: FormVersion, visitor: Client) -> None:
    assert '<html lang="mn">' in visitor.get(f"{PLACE}mn/").content.decode()
    assert visitor.get(f"{PLACE}xx/").status_code == 404


def test_the_form_is_data_that_never_changes(version: FormVersion, visitor: Client) -> None:
    answer = visitor.get(f"{PLACE}form-{version.pk}.json")
    assert answer.json() == json.loads(json.dumps(carried(version.compiled), default=dict))
    assert "max-age" in answer["Cache-Control"]


def test_a_version_that_nobody_is_asked_by_is_not_found(version: FormVersion, visitor: Client, tmp_path: Path) -> None:
    path = make.craft_workbook(tmp_path, "2")
    fresh, _faults = actions.add_version(by=make.BY, survey=version.survey, path=path, name=path.name)
    assert visitor.get(f"{PLACE}form-{fresh.pk}.json").status_code == 404


def test_a_new_version_makes_a_new_edition_and_the_old_form_stays(
    version: FormVersion, visitor: Client, tmp_path: Path
) -> None:
    before = _parts(visitor)["edition"]
    make.an_open_version(tmp_path, survey=version.survey, version="2")
    assert _parts(visitor)["edition"] != before
    assert visitor.get(f"{PLACE}form-{version.pk}.json").json()["version"] == "1"


def test_the_worker_runs_in_its_own_folder_and_is_asked_for_anew(version: FormVersion, visitor: Client) -> None:
    answer = visitor.get(f"{PLACE}worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    assert "Service-Worker-Allowed" not in answer
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_manifest_names_the_survey_in_the_language(version: FormVersion, visitor: Client) -> None:
    answer = visitor.get(f"{PLACE}en/app.webmanifest")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["lang"], told["scope"], told["start_url"], told["display"]) == (
        "Craft",
        "en",
        PLACE,
        f"{PLACE}en/",
        "standalone",
    )
    assert [icon["sizes"] for icon in told["icons"]] == ["any", "192x192", "192x192", "512x512", "512x512"]
    assert visitor.get(f"{PLACE}xx/app.webmanifest").status_code == 404


def test_a_form_that_only_the_server_can_ask_is_not_taken_along(
    country: object, visitor: Client, tmp_path: Path, reads_here: None
) -> None:
    rows = [
        ("text", "full_name", "Name", "", "", "", "", "", "name"),
        ("text", "more", "More", "regex(${full_name}, '(a+)+')"),
    ]
    heading = tuple("soyol::field" if each == "field" else each for each in make.SURVEY)
    path = make.workbook(tmp_path / "hard.xlsx", make.sheets(rows, survey_heading=heading))
    version, _faults = actions.add_version(by=make.BY, survey=make.a_survey(), path=path, name="hard.xlsx")
    actions.publish(by=make.BY, version=version)
    body = visitor.get(PLACE).content.decode()
    assert ("This form cannot be taken along" in body, "(a+)+" in body, "data-take" in body) == (True, True, False)
    assert [visitor.get(f"{PLACE}{each}").status_code for each in ("worker.js", "en/")] == [404, 404]


def test_a_survey_that_is_closed_is_not_offered(version: FormVersion, visitor: Client) -> None:
    actions.close(by=make.BY, survey=version.survey)
    assert [visitor.get(f"{PLACE}{each}").status_code for each in ("", "worker.js", "en/")] == [404, 404, 404]
