"""``python -m soyol.combine``: files in, five files out. Exit codes are those of ``ExitCode``."""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from soyol.lib.words import languages, say

from .outcome import NEUTRAL, CombineError, ExitCode, Outcome
from .progress import Terminal


def arguments() -> argparse.ArgumentParser:
    """Return the parser; ``--help`` is the short reference, docs/reference/combine.md the long one."""
    parser = argparse.ArgumentParser(
        prog="soyol combine",
        description="Combine lists of people and bodies into one registry, without a database.",
        epilog="Exit codes: 0 done, 1 a file refused, 2 wrong usage, 3 nothing readable, 4 engine failed, "
        "5 a mistake of ours, 6 too many rows for the memory, 130 stopped.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="XLSX, XLS, ODS, CSV, TSV, JSON, Parquet")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="folder for the five result files")
    parser.add_argument("--pack", default=NEUTRAL, help=f"country pack (default: {NEUTRAL})")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="columns by hand, as JSON")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--lang", choices=languages(), default=_language(), help="language of words in the results")
    parser.add_argument("--show-numbers", action="store_true", help="write register numbers of persons in clear")
    parser.add_argument("--excel", action="store_true", help="begin CSV files with a byte order mark, for Excel")
    parser.add_argument("--yes", action="store_true", help="do not ask whether the columns are right")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    return parser


def main(given: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code. Only argparse itself exits, with 2."""
    options = arguments().parse_args(given)
    terminal = Terminal(options.lang, quiet=options.quiet)
    begun = time.monotonic()
    try:
        outcome = _run(options, terminal)
    except KeyboardInterrupt:
        return _fail(say("combine.cancelled", {}, options.lang), ExitCode.CANCELLED)
    except CombineError as error:
        return _fail(say(error.code, error.params, options.lang), error.exit_code)
    except (OSError, MemoryError) as error:
        why = f"{type(error).__name__}: {error}"
        return _fail(say("combine.engine_failed", {"why": why}, options.lang), ExitCode.ENGINE_FAILED)
    except Exception as error:  # noqa: BLE001 - whatever it is, a script must not take it for "done, some refused"
        return _fail(say("combine.unforeseen", {"why": _place(error)}, options.lang), ExitCode.UNFORESEEN)
    _tell(outcome, terminal, time.monotonic() - begun)
    return int(outcome.exit_code)


def _run(options: argparse.Namespace, terminal: Terminal) -> Outcome:
    # The libraries behind these take a second to load: a wrong argument should not wait for them.
    from .asking import confirm_columns
    from .mapping_file import load
    from .outputs import Manner
    from .pipeline import combine

    asks = sys.stdin.isatty() and sys.stderr.isatty() and not options.yes and not options.mapping
    return combine(
        options.files,
        options.to,
        pack=options.pack,
        mapping=load(options.mapping, options.files) if options.mapping else None,
        engine=options.engine,
        manner=Manner(lang=options.lang, show_numbers=options.show_numbers, excel=options.excel),
        progress=terminal,
        confirm=(lambda staged: confirm_columns(staged, options.lang)) if asks else None,
    )


def _tell(outcome: Outcome, terminal: Terminal, seconds: float) -> None:
    if outcome.left_out:
        terminal.step("combine.left_out", n=outcome.left_out, rows=outcome.rows)
    if outcome.fitting:
        terminal.step("combine.pack_fits", pack=outcome.fitting)
    elif outcome.pack == NEUTRAL:
        from soyol.packs import codes  # loaded by now

        terminal.step("combine.no_pack", others=", ".join(code for code in codes() if code != NEUTRAL))
    terminal.step(
        "combine.done", seconds=f"{seconds:.1f}", records=outcome.records, entities=outcome.entities,
        review=outcome.review_pairs, path=str(outcome.to),
    )  # fmt: skip


def _place(error: Exception) -> str:
    """What went wrong and where in our code, on one line; no row of a list is in it but what the error itself says."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]} ({Path(last.filename).name}:{last.lineno})"


def _fail(words: str, code: ExitCode) -> int:
    sys.stderr.write(words + "\n")
    return int(code)


def _language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return next((lang for lang in languages() if spoken.startswith(lang)), "en")
