"""Asking at a terminal whether the columns were understood rightly; never called where nobody can answer."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from soyol.lib.words import say

from .outcome import CombineError, ExitCode

if TYPE_CHECKING:
    from .pipeline import StagedSource


def confirm_columns(staged: "Sequence[StagedSource]", lang: str) -> None:
    """Show each sheet's columns with the field that each was taken as; raise CombineError when the answer is no."""
    for each in staged:
        for sheet in each.outcome.sheets:
            columns = "; ".join(
                f"{column['heading']} → {column['field'] or say('combine.no_column', {}, lang)}"
                for column in sheet["columns"]
            )
            words = {"source": each.outcome.source, "sheet": sheet["name"] or "–", "columns": columns}
            sys.stderr.write(say("combine.confirm_columns", words, lang) + "\n")
    sys.stderr.write(say("combine.confirm", {}, lang))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in say("combine.refusals", {}, lang).split():
        raise CombineError("combine.not_confirmed", ExitCode.CANCELLED)
