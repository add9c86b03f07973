"""What taking a file of answers in would do: which are new, known, changed, and which are not understood, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from soyol.sources.queries.erased import anybody_erased, erased_answers
from soyol.surveys.models import FormVersion, Submission, Survey
from soyol.surveys.queries.exchange import Brought
from soyol.surveys.queries.hashing import content_hash
from soyol.surveys.queries.understanding import understand
from soyol.surveys.rules import Filled, Form
from soyol.surveys.rules.coming import Came

#: Code → what is said of a set of answers, or of the whole file.
SAID: dict[str, str] = {
    "no_id": gettext_noop(
        "There is no id of the answers (_uuid, KEY or instanceID), so they could come in twice. Export the "
        "file with that column."
    ),
    "conflict": gettext_noop(
        "These answers are here already with other content, and nothing in the file says that they were "
        "edited. Export it with its edits, or leave them as they are here."
    ),
    "twice": gettext_noop(
        "The same id stands in the file twice, with different answers. Keep the right one in the file."
    ),
    "choice": gettext_noop(
        "This is none of the choices, neither by name nor by label. Write a name out of the sheet “choices” "
        "of the form."
    ),
    "whole": gettext_noop("This is no whole number. Write it in figures, such as 3."),
    "decimal": gettext_noop("This is no number. Write it in figures, such as 3.5."),
    "day": gettext_noop("This is no day. Write it as 2017-05-31."),
    "month": gettext_noop("This is no month. Write it as 2017-05."),
    "year": gettext_noop("This is no year. Write it as 2017."),
    "long": gettext_noop("This is longer than an answer may be. Shorten it."),
    "required": gettext_noop("The form demands this answer, and it is missing. The answers come in all the same."),
    "constraint": gettext_noop("The form does not allow this answer. The answers come in all the same."),
    "version": gettext_noop("This version of the form is not known here; the version chosen above is taken."),
    "labels_in_headings": gettext_noop("The columns are headed by labels. They were understood; names are safer."),
    "labels_in_cells": gettext_noop("Cells hold labels of choices. They were understood; names are safer."),
    "rounds_missing": gettext_noop(
        "The file says that there are rounds, but not which. Export with $expand=*, or as tables; else they stay empty."
    ),
    "round_lost": gettext_noop("This row belongs to answers that are not in the file. It is left out."),
    "column": gettext_noop("Nobody knows this column, so what stands in it is left out."),
    "column_like": gettext_noop(
        "Nobody knows this column, so what stands in it is left out. Is “%(like)s” meant, which the file does not have?"
    ),
}
#: What does not keep answers out.
LIGHT = frozenset({"required", "constraint", "version", "labels_in_headings", "labels_in_cells", "rounds_missing"})


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that somebody should know: where it stands, which column and value, and what it is."""

    code: str
    place: str = ""
    column: str = ""
    value: str = ""
    like: str = ""

    def __str__(self) -> str:
        said = _(SAID[self.code])
        return said % {"like": self.like} if self.like else said

    @property
    def is_light(self) -> bool:
        """Whether the answers come in all the same."""
        return self.code in LIGHT


@dataclass(frozen=True, slots=True)
class Planned:
    """One set of answers that would come in; ``supersedes`` is what it corrects."""

    came: Came
    version: FormVersion
    answers: dict[str, Any]
    supersedes: Submission | None = None

    @property
    def kept_under(self) -> str:
        """The id under which the answers are kept."""
        return self.supersedes.instance_id if self.supersedes else self.came.instance_id


@dataclass
class Plan:
    """What a file would do. ``known`` counts sets that are here already, ``erased`` those about people who were erased
    at their wish: they stay out, and nothing more is said of them.
    """

    new: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    known: int = 0
    refused: int = 0
    erased: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers, as the page and the audit tell them."""
        told = {"new": len(self.new), "changed": len(self.changed), "known": self.known, "refused": self.refused}
        return {**told, **({"erased": self.erased} if self.erased else {})}


def plan(survey: Survey, version: FormVersion, brought: Brought) -> Plan:
    """What taking the answers in would do; ``version`` is taken for answers that do not name one that is known."""
    planner = _Planner(survey, version, brought.came)
    for came in brought.came:
        planner.add(came)
    made = planner.plan
    if anybody_erased(survey.source_id):
        _leave_out_erased(survey.source_id, made)
    made.remarks += [Remark(code) for code in brought.remarks]
    made.remarks += [Remark("round_lost", place) for place in brought.lost]
    made.remarks += _unknown(version.compiled, brought)
    return made


def _unknown(form: Form, brought: Brought) -> list[Remark]:
    """Columns that nobody knows, with the question that may be meant: one like it, to which no column belongs."""
    there = {name for came in brought.came for name, _round in came.stood}
    missing = [placed.item.name for placed in form.questions() if placed.item.name not in there]
    told = []
    for column, n in brought.unknown.items():
        like = next(iter(get_close_matches(re.split(r"[/\-]", column)[-1], missing, 1, 0.75)), "")
        told.append(Remark("column_like" if like else "column", column=column, value=str(n), like=like))
    return told


def _leave_out_erased(source: int, made: Plan) -> None:
    """Take out whoever was erased out of the survey's list, so that the next export does not bring them back."""
    coming = [*made.new, *made.changed]
    told: list[tuple[str, Mapping[str, Any]]] = []
    for version in {each.version.pk: each.version for each in coming}.values():
        mine = [each for each in coming if each.version.pk == version.pk]
        rows = understand(version.compiled, [each.answers for each in mine], consents=[False] * len(mine))
        told += [(each.kept_under, row.values) for each, row in zip(mine, rows, strict=True)]
    gone = erased_answers(source, told)
    made.new = [each for each in made.new if each.kept_under not in gone]
    made.changed = [each for each in made.changed if each.kept_under not in gone]
    made.erased += len(coming) - len(made.new) - len(made.changed)


class _Planner:
    def __init__(self, survey: Survey, version: FormVersion, came: Sequence[Came]) -> None:
        self.version = version
        self.versions = {each.version: each for each in survey.versions.all()}
        self.forms: dict[int, Form] = {}
        self.plan = Plan()
        self.here = _here(survey, came)
        self.in_file: dict[str, str] = {}

    def form(self, version: FormVersion) -> Form:
        if version.pk not in self.forms:
            self.forms[version.pk] = version.compiled
        return self.forms[version.pk]

    def add(self, came: Came) -> None:
        plan = self.plan
        if not came.instance_id:
            plan.refused += 1
            plan.remarks.append(Remark("no_id", came.place))
            return
        version = self.versions.get(came.version, self.version)
        answers, remarks = _judged(self.form(version), came)
        plan.remarks += remarks
        if any(not each.is_light for each in remarks):
            plan.refused += 1
            return
        digest = content_hash(self.form(version), answers)
        if (before := self.in_file.get(came.instance_id)) is not None:
            self.again(came, same=before == digest)
            return
        self.in_file[came.instance_id] = digest
        self.place(came, Planned(came, version, answers), digest)

    def again(self, came: Came, *, same: bool) -> None:
        if same:
            self.plan.known += 1
        else:
            self.plan.refused += 1
            self.plan.remarks.append(Remark("twice", came.place, value=came.instance_id))

    def place(self, came: Came, planned: Planned, digest: str) -> None:
        """New, known or changed: by id first, then by content, then by what the file says of edits."""
        ids = (came.root, came.current, came.deprecated)
        mine = next((self.here[each] for each in ids if each in self.here), [])
        if any(not each.content_hash for each in mine):  # emptied, for whoever answered was erased
            self.plan.erased += 1
        elif not mine:
            self.plan.new.append(planned)
        elif digest in {each.content_hash for each in mine}:
            self.plan.known += 1
        elif came.was_edited and came.current not in {each.came_as for each in mine}:
            current = next(each for each in mine if each.is_current)
            self.plan.changed.append(Planned(came, planned.version, planned.answers, current))
        else:
            self.plan.refused += 1
            self.plan.remarks.append(Remark("conflict", came.place, value=came.instance_id))


def _here(survey: Survey, came: Iterable[Came]) -> dict[str, list[Submission]]:
    """What is here already, by every id under which it is known; a query for each thousand ids."""
    ids = sorted({each for one in came for each in (one.root, one.current, one.deprecated) if each})
    found: dict[str, list[Submission]] = {}
    mine: dict[str, list[Submission]] = {}
    light = Submission.objects.filter(survey=survey).defer("answers", "mandate")
    for at in range(0, len(ids), 500):
        part = ids[at : at + 500]
        roots = light.filter(Q(instance_id__in=part) | Q(came_as__in=part)).values_list("instance_id", flat=True)
        for each in light.filter(instance_id__in=set(roots)):
            mine.setdefault(each.instance_id, [])
            if each not in mine[each.instance_id]:
                mine[each.instance_id].append(each)
    for root, many in mine.items():
        for name in {root, *(each.came_as for each in many if each.came_as)}:
            found[name] = many
    return found


def _judged(form: Form, came: Came) -> tuple[dict[str, Any], list[Remark]]:
    """The answers as they would be kept, and what is wrong with them."""
    filled = Filled(form, came.answers, came.given_on or timezone.localdate())
    remarks = [Remark(code, *_stood(came, name, at), value) for name, at, code, value in came.faults]
    if came.version and came.version != form.version:
        remarks.append(Remark("version", came.place, value=came.version))
    for wrong in filled.all_wrong():
        name, at = wrong.spot.item.name, wrong.spot.round
        remarks.append(Remark(wrong.code, *_stood(came, name, at), filled.raw(name, at)))
    return filled.kept(), list(dict.fromkeys(remarks))


def _stood(came: Came, name: str, at: int | None) -> tuple[str, str]:
    """Place and column of an answer as the file has them; where it has none, the place of the set and the question."""
    return came.stood.get((name, at), (came.place, name))
