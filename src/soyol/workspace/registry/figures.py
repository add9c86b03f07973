"""The figures of a comparison in words: where it drew its lines, and what the data say about its quality."""

from django.utils.translation import gettext as _

from soyol.registry.queries.overviews import RunReport
from soyol.ui.templatetags.soyol_formats import number, percent


def model_names() -> dict[str, str]:
    """Part of the comparison → what it is about."""
    return {"persons": _("people"), "organisations": _("organisations")}


def lines(report: RunReport) -> list[tuple[str, str]]:
    """For people and for organisations: from where two records are made one, and from where a person is asked."""
    words = _("one from %(merge)s, a person is asked from %(ask)s")
    return [
        (
            name,
            words
            % {"merge": percent(report.thresholds[model]["merge"]), "ask": percent(report.thresholds[model]["ask"])},
        )
        for model, name in model_names().items()
        if model in report.thresholds
    ]


def estimates(report: RunReport) -> list[tuple[str, str]]:
    """How many pairs were compared, how many are expected to be the same, and how many were made one."""
    words = _("pairs compared: %(pairs)s; about %(expected)s the same, %(merged)s made one, %(asked)s to be asked")
    return [
        (
            name,
            words
            % {
                "pairs": number(report.estimates[model]["candidate_pairs"]),
                "expected": number(round(report.estimates[model]["expected_same_pairs"])),
                "merged": number(report.estimates[model]["merged_pairs"]),
                "asked": number(report.estimates[model]["review_pairs"]),
            },
        )
        for model, name in model_names().items()
        if {"candidate_pairs", "expected_same_pairs"} <= set(report.estimates.get(model, ()))
    ]
