"""The page of figures: ``docs/reference/linkage-figures.md``, written anew by ``./soyol bench linkage --write``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from benchmarks.linkage import measure
from benchmarks.linkage.contest import Result
from benchmarks.measuring import ROOT, machine, memory, ratio, share, table

PAGE = ROOT / "docs" / "reference" / "linkage-figures.md"
REFERENCE = "plain Splink"
_HEAD = (
    "contender",
    "P",
    "R",
    "F1",
    "F1 − Splink's",
    "B³ F1",
    "R decidable",
    "largest cluster",
    "wall",
    "× Splink",
    "peak",
    "× Splink",
)
_INTRODUCTION = """# Linkage in figures

Written by `./soyol bench linkage --write`; do not edit. All people and bodies in these sets are invented by
`benchmarks/linkage` (eight lists in Mongolian and English, 1.8 records per entity, persons 72 %).

- P, R and F1 are of pairs on the transitive closure of the published clusters; B³ is B-cubed.
- *R decidable* is the recall over the pairs that a careful reader could tell from all that the files say.
- *Development* and *heldout* have different names and different families of difficulties; the held-out half was not
  looked at while the engine was developed. *Full* mixes both.
- *plain Splink* is a careful afternoon's model with headings mapped by hand, at 0.95; *goldenmatch* gets the same
  mapped columns and no configuration. Every contender runs in a process of its own, one after another, in this run.
"""
_NOT_YET = "did not end well: "


@dataclass(frozen=True)
class Contest:
    """The results of one set."""

    half: str
    records: int
    seed: int
    undecidable: float
    results: Sequence[Result]


def figures(contest: Contest, *, markdown: bool = False) -> str:
    """One row per contender, with ratios against plain Splink in the same run."""
    peer = next((each for each in contest.results if each.contender == REFERENCE and each.agreement), None)
    return table(_HEAD, [_row(each, peer) for each in contest.results], markdown=markdown)


def _row(result: Result, peer: Result | None) -> list[str]:
    run, total = result.run, result.agreement
    if total is None:
        why = run.output.splitlines()[-1][:80] if run.output else f"exit code {run.code}"
        return [result.contender, *["–"] * 7, f"{run.seconds:.0f} s", _NOT_YET + why, memory(run.peak), "–"]
    gain = f"{total.f1 - peer.agreement.f1:+.3f}" if peer and peer.agreement else "–"
    return [
        result.contender,
        share(total.precision),
        share(total.recall),
        share(total.f1),
        gain,
        share(total.bcubed_f1),
        share(result.decidable_recall or 0.0),
        str(total.largest_cluster),
        f"{run.seconds:.0f} s",
        ratio(run.seconds, peer.run.seconds if peer else 0),
        memory(run.peak),
        ratio(run.peak, peer.run.peak if peer else 0),
    ]


def queue_line(result: Result) -> str:
    """What the review queue holds, in a sentence; empty when the contender has none."""
    if result.review is None:
        return ""
    held = result.review
    return (
        f"{result.contender}: of {held.missing:,} true pairs still missing the review queue holds {held.held:,} "
        f"({held.share:.0%}; goal at least 60 %), in {held.per_hundred:.1f} pairs per 100 records (goal at most 5); "
        f"{held.precision:.0%} of what it asks is the same entity."
    )


def by_kind(results: Sequence[Result], *, markdown: bool = False) -> str:
    """P, R and F1 for persons and for organisations."""
    rows = []
    for result in results:
        if result.agreement is None:
            continue
        for kind in ("person", "organisation"):
            part = measure.agreement(result.rows.filter(pl.col("kind") == kind))
            rows.append([f"{result.contender}, {kind}s", share(part.precision), share(part.recall), share(part.f1)])
    return table(("contender", "P", "R", "F1"), rows, markdown=markdown)


def by_difficulty(results: Sequence[Result], *, markdown: bool = False) -> str:
    """Recall by difficulty, a column per contender."""
    done = [each for each in results if each.agreement]
    if not done:
        return ""
    whole: pl.DataFrame | None = None
    for result in done:
        part = measure.recall_by_difficulty(result.rows).rename({"recall": result.contender})
        whole = part if whole is None else whole.join(part, on=["kind", "difficulty", "pairs"])
    assert whole is not None
    rows = [
        [f"{kind}: {name}", f"{pairs:,}", *(share(each) for each in found)]
        for kind, name, pairs, *found in whole.rows()
    ]
    return table(
        ("difficulty (either record has it)", "true pairs", *(each.contender for each in done)), rows, markdown=markdown
    )


def by_family(results: Sequence[Result], *, markdown: bool = False) -> str:
    """Wrong merges by family of look-alikes, a column per contender; a share where the family has a known size."""
    done = [each for each in results if each.agreement]
    parts = {each.contender: {row[0]: row for row in measure.wrong_by_family(each.rows).rows()} for each in done}
    families = sorted({name for part in parts.values() for name in part})
    rows = []
    for family in families:
        possible = next((part[family][2] for part in parts.values() if family in part and part[family][2]), None)
        merged = [part.get(family, (family, 0, None))[1] for part in parts.values()]
        said = [f"{count:,} ({count / possible:.1%})" if possible else f"{count:,}" for count in merged]
        rows.append([family, f"{possible:,}" if possible else "–", *said])
    return table(("family", "pairs of different entities", *parts), rows, markdown=markdown)


def section(contest: Contest) -> str:
    """Everything the page says about one set."""
    queues = "\n\n".join(line for line in (queue_line(each) for each in contest.results) if line)
    parts = [
        f"## {contest.half.capitalize()}, {contest.records:,} records (seed {contest.seed})",
        figures(contest, markdown=True),
        taken(),
        f"{contest.undecidable:.1%} of the true pairs cannot be told from what the files say.",
        queues,
        by_kind(contest.results, markdown=True),
        "### Recall by difficulty",
        by_difficulty(contest.results, markdown=True),
        "### Wrong merges by family",
        by_family(contest.results, markdown=True),
    ]
    return "\n\n".join(part for part in parts if part)


def taken() -> str:
    """When and where the figures of a section were taken."""
    return f"Taken {datetime.now(UTC):%Y-%m-%d} on {machine()}."


def write_page(sections: Sequence[str], to: Path = PAGE) -> Path:
    """Put ``sections`` (each begins with its heading) into the page and return its path.

    A section takes the place of the one with the same heading; the others stay, for a whole run takes hours.
    """
    kept = _sections(to.read_text(encoding="utf-8")) if to.exists() else {}
    kept |= {_heading(each): each for each in sections}
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("\n\n".join([_INTRODUCTION.strip(), *kept.values()]) + "\n", encoding="utf-8")
    return to


def _heading(section_: str) -> str:
    return section_.splitlines()[0]


def _sections(text: str) -> dict[str, str]:
    parts = [part.strip("\n") for part in re.split(r"(?m)^(?=## )", text)]
    return {_heading(part): part for part in parts if part.startswith("## ")}
