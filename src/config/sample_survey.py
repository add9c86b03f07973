"""The invented sample survey, through a user's own doors: its form, answers written on the site, a file of answers."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from config.sample_material import BY, PLACE
from soyol.audit import By
from soyol.bodies import actions as bodies
from soyol.fields import LanguageMap
from soyol.surveys import actions
from soyol.surveys.choices import Mode
from soyol.surveys.models import FormVersion, Submission, Survey
from soyol.surveys.queries.exchange import read_answers

#: Every third of the answers written on the site is entered by an officer.
THIRD = 3


def described() -> dict[str, Any]:
    """The survey as the office that asks describes it; texts are the site's own, but for titles and the ``body``."""
    told = tomllib.loads((PLACE / "surveys/survey.toml").read_text(encoding="utf-8"))
    own = {name: LanguageMap(told[name]).best(settings.LANGUAGE_CODE) for name in ("keeper", "authority")}
    return {**told, **own, "body": told["keeper"]}


def _folder() -> Path:
    return PLACE / "surveys" / settings.SOYOL_PACK


def _modes() -> set[str]:
    return set(Submission.objects.filter(survey__code=described()["code"]).values_list("mode", flat=True))


def is_loaded() -> bool:
    """Whether the survey is there with answers of each kind, or there is none for this country."""
    return not _folder().is_dir() or _modes() == set(Mode.values)


def load() -> int:
    """Load what is not there yet; a start that was interrupted goes on where it stopped. Returns how many answers."""
    version, there = _version(), _modes()
    path = _folder() / "makers-online.json"
    online = read_answers(path, path.name, version.compiled).came
    for number, came in enumerate(online):
        mode = Mode.ENUMERATOR if number % THIRD == 0 else Mode.PUBLIC
        if mode not in there:
            _write(version, came.answers, mode)
    if Mode.IMPORT not in there:
        path = _folder() / "makers-kobo.json"
        kept, _plan = actions.receive_answers(by=BY, survey=version.survey, version=version, path=path, name=path.name)
        actions.import_answers(by=BY, answer_file=kept)
    return version.survey.submissions.filter(is_current=True).count()


def _version() -> FormVersion:
    told = described()
    survey = Survey.objects.filter(code=told["code"]).first()
    if survey is None:
        body = bodies.found(by=BY, names=told["body"])
        more = {"keeper": told["keeper"], "body": body}
        survey = actions.create_survey(by=BY, code=told["code"], titles=told["titles"], **more)
    version = survey.versions.first()
    if version is None:
        path = _folder() / "makers.xlsx"
        version, _light = actions.add_version(by=BY, survey=survey, path=path, name=path.name)
    return version if version.is_asked else actions.publish(by=BY, version=version)


def _name(answers: dict[str, Any]) -> str:
    return f"{answers.get('parent_name', '')} {answers['given_name']}".strip()


def _write(version: FormVersion, answers: dict[str, Any], mode: Mode) -> None:
    """As somebody would write them: a draft, which is kept and sent."""
    mandate = {"who": _name(answers), "how": "came_in", "authority": described()["authority"], "agreed": "yes"}
    by = By.public() if mode == Mode.PUBLIC else BY
    draft, _token = actions.begin(by=by, version=version, mandate=None if mode == Mode.PUBLIC else mandate)
    actions.save(draft=draft, answers=answers)
    actions.send(by=by, draft=draft)
