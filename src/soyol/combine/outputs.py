"""The five files of a run: UTF-8, comma-separated, LF; without a byte order mark unless they are meant for Excel."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from soyol.lib.words import languages, say
from soyol.linkage import explain

from . import report
from .cells import harmless
from .chosen import REGISTRY_COLUMNS, one_row_per_entity
from .outcome import SourceOutcome

MEMBER_COLUMNS = ("source", "row", "entity_id", "probability", "decision")
REVIEW_COLUMNS = ("source_a", "row_a", "source_b", "row_b", "probability", "reasons")
PROBLEM_COLUMNS = ("source", "sheet", "row", "column", "value", "problem", "way_out")
#: Probabilities are written with so many decimals: more would differ between machines and say nothing.
DECIMALS = 4


@dataclass(frozen=True)
class Manner:
    """How the files are written. ``show_numbers``: register numbers of persons in clear instead of masked."""

    lang: str = "en"
    show_numbers: bool = False
    excel: bool = False


@dataclass(frozen=True)
class Counts:
    """What was written."""

    entities: int
    review_pairs: int
    problems: int


def write_outputs(
    into: Path,
    *,
    records: pl.DataFrame,
    linked: Any,
    problems: pl.DataFrame,
    sources: tuple[SourceOutcome, ...],
    pack: Any,
    manner: Manner,
    version: str,
) -> Counts:
    """Write the five files into the folder ``into``, which exists.

    ``records``: the record columns. ``linked``: what ``soyol.linkage.link`` gave for them. ``problems``: what staging
    found, codes and parameters. The same input gives the same bytes.
    """
    registry = one_row_per_entity(records, linked.members, script=_script(pack))
    registry = _with_unit_names(registry, pack, manner.lang)
    if not manner.show_numbers:
        registry = registry.with_columns(_masked(registry["person_number"], pack).alias("person_number"))
    origin = records.select("record_id", "source", "row", "name")
    decided = linked.members.select("record_id", "entity_id", "probability", "decision")
    members = decided.join(origin, on="record_id", how="inner").sort("record_id")
    review = _review(linked.review, origin)
    _write(registry.select(REGISTRY_COLUMNS), into / "registry.csv", manner)
    rounded = members.with_columns(pl.col("probability").round(DECIMALS))
    _write(rounded.select(MEMBER_COLUMNS), into / "members.csv", manner)
    words = pl.Series("reasons", _reasons(review["reasons"], manner.lang), dtype=pl.String)
    _write(review.with_columns(words).select(REVIEW_COLUMNS), into / "review.csv", manner)
    shown = problems if manner.show_numbers else _without_numbers(problems, pack)
    _write(_problems(shown, manner.lang), into / "problems.csv", manner)
    figures = report.figures_of(
        sources=sources,
        registry=registry,
        shares=members.select("source", "entity_id"),
        pairs=linked.pairs,
        review=_in_all_languages(review.head(report.FIRST_PAIRS)),
        review_pairs=review.height,
        problems=shown,
        thresholds=linked.thresholds,
    )
    (into / "report.html").write_text(report.page(figures, lang=manner.lang, version=version), encoding="utf-8")
    return Counts(registry.height, review.height, problems.height)


def _write(frame: pl.DataFrame, path: Path, manner: Manner) -> None:
    harmless(frame).write_csv(path, include_bom=manner.excel, float_precision=DECIMALS)


def _script(pack: Any) -> str:
    """Return a pattern for names that begin in the country's own alphabet; empty where a pack has none of its own."""
    letters = "".join(sorted({sign for letter in pack.alphabet for sign in (letter.lower() + letter.upper())}))
    return f"^[{re.escape(letters)}]" if letters else ""


def _with_unit_names(registry: pl.DataFrame, pack: Any, lang: str) -> pl.DataFrame:
    names = {unit.code: unit.names.get(lang) or next(iter(unit.names.values()), unit.code) for unit in pack.units.all}
    return registry.with_columns(
        pl.col("unit").replace_strict(names, default=None, return_dtype=pl.String).alias("unit_name")
    )


def _masked(numbers: pl.Series, pack: Any) -> pl.Series:
    """Mask each register number by the pack's rule, or wholly where the pack has none."""
    rule = pack.identifiers.get("person")
    mask: Callable[[str], str] = rule.mask_one if rule is not None else lambda number: "*" * len(number)
    return pl.Series([None if number is None else mask(number) for number in numbers], dtype=pl.String)


def _without_numbers(problems: pl.DataFrame, pack: Any) -> pl.DataFrame:
    """Mask values that are, or were meant to be, register numbers of persons."""
    rule = pack.identifiers.get("person")
    if rule is None or problems.is_empty():
        return problems
    fits = rule.normalise(problems["value"])["status"].is_in(["valid", "shape_only"])
    at = fits | (problems["problem"] == "intake.person_number")
    return problems.with_columns(problems["value"].zip_with(~at, _masked(problems["value"], pack)).alias("value"))


def _review(queue: pl.DataFrame, origin: pl.DataFrame) -> pl.DataFrame:
    """Return the queue in its order with source, row and name of both sides."""
    found = queue.with_row_index("_order")
    for side in "ab":
        named = origin.rename({"record_id": side, **{name: f"{name}_{side}" for name in ("source", "row", "name")}})
        found = found.join(named, on=side, how="inner")
    return found.sort("_order").drop("_order").with_columns(pl.col("probability").round(DECIMALS))


def _reasons(reasons: pl.Series, lang: str) -> list[str]:
    said: dict[str, str] = {}
    for text in reasons.unique():
        said[text] = "; ".join(explain(text, lang))
    return [said[text] for text in reasons]


def _in_all_languages(review: pl.DataFrame) -> pl.DataFrame:
    return review.with_columns(
        pl.Series(f"reasons_{lang}", _reasons(review["reasons"], lang), dtype=pl.String) for lang in languages()
    )


def _problems(problems: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Put words to codes; equal codes with equal parameters are said once."""
    distinct = problems.select("problem", "way_out", "params").unique(maintain_order=True)
    texts = distinct.with_columns(
        pl.Series("_problem", [_said(c, p, lang) for c, p in distinct.select("problem", "params").rows()], pl.String),
        pl.Series("_way_out", [_said(c, p, lang) for c, p in distinct.select("way_out", "params").rows()], pl.String),
    )
    told = problems.join(
        texts, on=["problem", "way_out", "params"], how="left", nulls_equal=True, maintain_order="left"
    )
    return told.with_columns(problem="_problem", way_out="_way_out").select(PROBLEM_COLUMNS)


def _said(code: str | None, params: str | None, lang: str) -> str | None:
    if code is None:
        return None
    given: Mapping[str, object] = json.loads(params) if params else {}
    return say(code, given, lang)
