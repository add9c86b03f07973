"""What audit entries are about: how each thing is called and where its page is, asked for many entries at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.accounts.models import Grant, User
from soyol.bodies.models import Body
from soyol.files.models import StoredFile
from soyol.jobs.models import Job
from soyol.places.models import Unit
from soyol.sources.models import Batch, Source
from soyol.surveys.models import FormVersion, Survey
from soyol.workspace.jobs.shown import titles

#: Model → its pages: the view, and the permission without which no link is offered.
PAGES = {
    "accounts.User": ("desk:account", "see_accounts"),
    "bodies.Body": ("desk:body", "manage_bodies"),
    "claims.Claim": ("desk:claim", "check_claims"),
    "jobs.Job": ("desk:job", "see_jobs"),
    "letters.Letter": ("desk:letter", "write_letters"),
    "notices.Message": ("desk:message", "see_outbox"),
    "protection.Loss": ("desk:loss", "list_losses"),
    "registry.Actor": ("desk:actor", "see_registry"),
    "registry.Lesson": ("desk:lesson", "run_linkage"),
    "registry.LinkageRun": ("desk:run", "see_registry"),
    "registry.Question": ("desk:question", "judge_pairs"),
    "rights.Request": ("desk:request", "decide_requests"),
    "sources.Batch": ("desk:batch", "see_sources"),
    "sources.Source": ("desk:source", "see_sources"),
    "surveys.Submission": ("desk:submission", "see_personal"),
    "surveys.Survey": ("desk:survey", "see_sources"),
}
#: What has no name of its own, by its number; names of people are not told here.
NUMBERED = {
    "accounts.Invitation": gettext_noop("invitation %(number)s"),
    "backups.Backup": gettext_noop("backup %(number)s"),
    "claims.Attempt": gettext_noop("code %(number)s"),
    "claims.Claim": gettext_noop("claim %(number)s"),
    "letters.Letter": gettext_noop("letter %(number)s"),
    "notices.Message": gettext_noop("message %(number)s"),
    "certificates.Certificate": gettext_noop("certificate %(number)s"),
    "protection.Key": gettext_noop("key %(number)s"),
    "protection.Loss": gettext_noop("loss of data %(number)s"),
    "registry.Actor": gettext_noop("entry %(number)s"),
    "registry.ConsentText": gettext_noop("words of consent %(number)s"),
    "registry.Judgement": gettext_noop("decision %(number)s"),
    "registry.Lesson": gettext_noop("lesson %(number)s"),
    "registry.LinkageRun": gettext_noop("comparison %(number)s"),
    "registry.Question": gettext_noop("question %(number)s"),
    "registry.Sample": gettext_noop("sample %(number)s"),
    "registry.SavedFilter": gettext_noop("saved filter %(number)s"),
    "registry.TrustRule": gettext_noop("rule %(number)s"),
    "rights.Request": gettext_noop("request %(number)s"),
    "sources.SourceRecord": gettext_noop("record %(number)s"),
    "surveys.Submission": gettext_noop("answers %(number)s"),
}
#: What there is once only.
WHOLE = {
    "accounts": gettext_noop("the accounts"),
    "audit": gettext_noop("who did what"),
    "notices.Message": gettext_noop("the outbox"),
    "directory": gettext_noop("the directory"),
    "places.Boundary": gettext_noop("boundaries"),
    "places.Unit": gettext_noop("administrative units"),
    "protection": gettext_noop("how long data is kept"),
    "registry": gettext_noop("the registry"),
    "sessions.Session": gettext_noop("all sessions"),
    "sources": gettext_noop("the lists"),
    "vocab.Scheme": gettext_noop("code lists"),
}

Named = dict[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """Things with names: all of them, how one is called, and by which field targets name it."""

    rows: Callable[[], QuerySet[Any]]
    name: Callable[[Any], str]
    key: str = "pk"
    #: The field holds whole numbers; a target is text, and nothing holds it to what can be one.
    numeric: bool = True

    def named(self, numbers: set[str]) -> Named:
        """The names of those with these numbers."""
        fitting = [number for number in numbers if number.isdecimal() or not self.numeric]
        rows = self.rows().filter(**{f"{self.key}__in": fitting})
        return {str(getattr(row, self.key)): self.name(row) for row in rows}


def _name_of_grant(grant: Grant) -> str:
    return f"{grant.user.name}: {grant.get_role_display()}"


KINDS: dict[str, Kind] = {
    "accounts.Grant": Kind(lambda: Grant.objects.select_related("user"), _name_of_grant),
    "accounts.User": Kind(User.objects.all, lambda user: user.name or user.email),
    "bodies.Body": Kind(Body.objects.all, lambda body: body.names.best()),
    "files.StoredFile": Kind(StoredFile.objects.all, lambda stored: stored.name, numeric=False),
    "jobs.Job": Kind(Job.objects.all, lambda job: titles().get(job.kind, job.kind)),
    "places.Unit": Kind(Unit.objects.all, lambda unit: unit.names.best(), numeric=False),
    "sources.Batch": Kind(lambda: Batch.objects.only("file_name"), lambda batch: batch.file_name),
    "sources.Source": Kind(Source.objects.all, lambda source: source.name_in(), key="code", numeric=False),
    "surveys.FormVersion": Kind(
        lambda: FormVersion.objects.select_related("survey").defer("form"),
        lambda version: f"{version.survey.titles.best()}, {version.version}",
    ),
    "surveys.Survey": Kind(Survey.objects.all, lambda survey: survey.titles.best(), key="code", numeric=False),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What an entry is about, and its page; without one the address is empty."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by model and number; ``found`` knows whatever a page of entries speaks of."""

    found: Mapping[str, Named] = field(default_factory=dict)

    def of(self, model: str, number: object) -> str:
        """The name of one thing, else its number."""
        return self.found.get(model, {}).get(str(number), str(number))

    def target(self, target: str, may: frozenset[str]) -> Target:
        """What an entry's target is called, and its page for a reader who ``may`` open it."""
        model, _colon, number = target.partition(":")
        if not number:
            return Target(_(WHOLE[model]) if model in WHOLE else target)
        known = self.found.get(model, {}).get(number)
        if known is None and model in NUMBERED:
            known = _(NUMBERED[model]) % {"number": number}
        return Target(known or target, _page(model, number, may) if known else "")


def names_of(wanted: Iterable[tuple[str, object]]) -> Names:
    """What these things, each a model and a number, are called: one question for each model among them."""
    numbers: dict[str, set[str]] = {}
    for model, number in wanted:
        if model in KINDS:
            numbers.setdefault(model, set()).add(str(number))
    return Names({model: KINDS[model].named(some) for model, some in numbers.items()})


def _page(model: str, number: str, may: frozenset[str]) -> str:
    view, permission = PAGES.get(model, ("", ""))
    if not view or permission not in may:
        return ""
    try:
        return reverse(view, args=[number])
    except NoReverseMatch:
        return ""
