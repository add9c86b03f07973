"""Rows of lists about somebody, what they state, and answers to surveys."""

from collections.abc import Collection, Mapping
from typing import Any

from soyol.registry.choices import Standing
from soyol.registry.models import Actor, Statement
from soyol.registry.queries import statements_of
from soyol.registry.queries.labels import Words
from soyol.registry.queries.levels import Known, known_by
from soyol.registry.rules import FIELDS
from soyol.sources.models import SourceRecord
from soyol.surveys.choices import Mode
from soyol.surveys.models import Submission
from soyol.ui.templatetags.soyol_formats import plain_said


def coded(code: str, label: object) -> dict[str, str]:
    """A code with its name in the reader's language."""
    return {"code": code, "label": str(label)}


def statements(actor: Actor, records: Collection[int], codes: Mapping[str, Words]) -> list[dict[str, Any]]:
    """Every value that any of the rows states or stated; the person's own numbers in clear."""
    shown = {said.pk for said in statements_of(actor.number) if said.is_shown} if _is_shown(actor) else set()
    told = Statement.objects.filter(record_id__in=records).order_by("pk")
    return [
        {
            "field": coded(each.field, FIELDS[each.field].label() if each.field in FIELDS else each.field),
            "value": coded(each.text, plain_said(codes, each.field, each.text)),
            "source": coded(each.record.source.code, each.record.source.name_in()),
            "keeper": each.record.source.kept_by,
            "true_on": each.observed_on.isoformat() if each.observed_on else None,
            "written_at": each.recorded_from.isoformat(),
            "until": each.recorded_to.isoformat() if each.recorded_to else None,
            "standing": coded(str(each.standing), Standing(each.standing).label),
            "known": _known(
                known_by(
                    each.standing, each.record.source.name_in(), each.observed_on, getattr(each.record, "proof", None)
                )
            ),
            "shown": each.pk in shown,
            "row": each.record_id,
        }
        for each in told.select_related("record__source__body", "record__proof")
    ]


def _known(known: Known) -> dict[str, Any]:
    """How a value is known: the level with its words, and what it rests on."""
    return {
        **coded(known.level, known.words),
        "day": known.day.isoformat() if known.day else None,
        "document": known.document,
        "office": known.office,
        "register": known.register,
        "ground": known.ground,
    }


def _is_shown(actor: Actor) -> bool:
    return actor.entries.filter(face="staff").exists()


def rows(records: Collection[int]) -> list[dict[str, Any]]:
    """Each row as it came and as it was understood, with the list, its keeper and its ground."""
    found = SourceRecord.objects.filter(pk__in=records).select_related("source__body", "batch", "last_batch")
    return [
        {
            "row": each.pk,
            "source": coded(each.source.code, each.source.name_in()),
            "keeper": each.source.kept_by,
            "legal_basis": each.source.legal_basis,
            "file": each.batch.file_name,
            "received_at": each.batch.received_at.isoformat(),
            "sheet": each.sheet,
            "line": each.line or each.row,
            "counts_now": each.live,
            "listed_now": each.listed,
            "as_received": each.raw,
            "as_understood": each.values,
        }
        for each in found.order_by("pk")
    ]


def answers(records: Collection[int]) -> list[dict[str, Any]]:
    """Answers to surveys that became one of the rows."""
    found = Submission.objects.filter(record_id__in=records).select_related("survey", "version").order_by("pk")
    return [
        {
            "number": each.number,
            "survey": coded(each.survey.code, each.survey.titles.best()),
            "form_version": each.version.version,
            "revision": each.revision,
            "mode": coded(each.mode, Mode(each.mode).label),
            "received_at": each.received_at.isoformat(),
            "confirmed_at": each.confirmed_at.isoformat() if each.confirmed_at else None,
            "answers": each.answers,
            "authority": (each.mandate or {}).get("authority", ""),
        }
        for each in found
    ]
