"""Opening a survey, taking versions of its form in, and saying from when to when it is asked."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.files import actions as files
from soyol.sources import actions as sources
from soyol.surveys.models import FormVersion, Survey
from soyol.surveys.queries.workbooks import read_form
from soyol.surveys.rules import Fault, Refused

#: What anybody may say of themselves is believed less than lists that somebody keeps.
TRUST = 25


class Faulty(Refused):
    """A workbook that was not taken; ``faults`` say where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("faults", n=sum(1 for fault in faults if fault.heavy))
        self.faults = faults


@transaction.atomic
def create_survey(*, by: By, code: str, titles: Mapping[str, str], keeper: str, **more: Any) -> Survey:
    """Open a survey with the list that its answers will be; ``more`` is what a list takes. Raises ValidationError."""
    more = {"trust": TRUST, "shown_publicly": False, **more}
    source = sources.create_source(
        by=by, code=f"survey-{code}"[:60], names=titles, keeper=keeper, is_survey=True, **more
    )
    survey = Survey(code=code, titles=dict(titles), source=source)
    survey.full_clean()
    survey.save()
    audit.record(by, "surveys.survey.create", f"surveys.Survey:{survey.code}", {"source": source.code})
    return survey


def add_version(*, by: By, survey: Survey, path: Path, name: str) -> tuple[FormVersion, list[Fault]]:
    """Keep a workbook as the next version of the form; nobody is asked by it before it is published.

    Gives the version and light faults. Raises Faulty with every fault, or Refused. The same bytes twice are refused.
    """
    form, faults, _raw = read_form(path, name)
    if any(fault.heavy for fault in faults):
        raise Faulty(faults)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()  # small, or it would be faulty
    known = survey.versions.filter(sha256=sha256).first()
    if known is not None:
        raise Refused("form_known", version=known.version)
    if survey.versions.filter(version=form.version).exists():
        raise Refused("version_known", version=form.version)
    first = survey.versions.order_by("pk").first()
    if first is not None and first.form["code"] != form.code:
        raise Refused("form_code", value=form.code, expected=first.form["code"])
    stored = files.keep(by=by, name=name, content=path, personal=False)
    with transaction.atomic():
        made = FormVersion(
            survey=survey,
            version=form.version,
            file=stored,
            sha256=sha256,
            form=form.to_json(),
            notes=[{"code": each.code, "line": each.line, "params": each.params} for each in faults],
            made_by=by.name or by.kind,
        )
        made.full_clean(exclude=["file"])
        made.save()
        told = {"version": form.version, "sha256": sha256}
        audit.record(by, "surveys.version.add", f"surveys.FormVersion:{made.pk}", told)
    return made, faults


@transaction.atomic
def publish(*, by: By, version: FormVersion) -> FormVersion:
    """Ask by this version from now on; the one before is no longer asked, and drafts of it can still be sent."""
    survey = Survey.objects.select_for_update().get(pk=version.survey_id)
    now = timezone.now()
    survey.versions.filter(published_from__isnull=False, published_until__isnull=True).exclude(pk=version.pk).update(
        published_until=now
    )
    version.refresh_from_db()
    version.published_from, version.published_until = version.published_from or now, None
    version.save(update_fields=["published_from", "published_until"])
    told = {"version": version.version}
    audit.record(by, "surveys.version.publish", f"surveys.FormVersion:{version.pk}", told)
    return version


@transaction.atomic
def close(*, by: By, survey: Survey) -> None:
    """Ask nobody any more."""
    now = timezone.now()
    survey.versions.filter(published_from__isnull=False, published_until__isnull=True).update(published_until=now)
    audit.record(by, "surveys.survey.close", f"surveys.Survey:{survey.code}", {})
