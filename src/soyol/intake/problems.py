"""What can be wrong with a file, a row or a value: a code and its parameters, never a sentence.

The sentences are in ``words/<language>.toml`` under the same code; each problem has a second text there,
under ``intake.way_out.<name>``, that says what the keeper of the list can do about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "notice"]

#: Every code that this package can give, with how much it matters. "error": the value or the row is not used;
#: "warning": it is used, but somebody should look; "notice": nothing is wrong, it is only said.
SEVERITIES: dict[str, Severity] = {
    # the whole file is refused
    "intake.empty_file": "error",
    "intake.no_rows": "error",
    "intake.too_big": "error",
    "intake.unknown_format": "error",
    "intake.not_a_table": "error",
    "intake.archive": "error",
    "intake.web_page": "error",
    "intake.xml_spreadsheet": "error",
    "intake.binary_workbook": "error",
    "intake.encrypted": "error",
    "intake.macros": "error",
    "intake.document_type": "error",
    "intake.zip_damaged": "error",
    "intake.cut_short": "error",
    "intake.zip_bomb": "error",
    "intake.grows_too_big": "error",
    "intake.repeated_rows": "error",
    "intake.repeated_sum": "error",
    "intake.merged_overlap": "error",
    "intake.zip_nested": "error",
    "intake.zip_names": "error",
    "intake.far_cell": "error",
    "intake.too_many_cells": "error",
    "intake.too_many_lines": "error",
    "intake.too_many_columns": "error",
    "intake.workbook_damaged": "error",
    "intake.json_damaged": "error",
    "intake.json_shape": "error",
    "intake.parquet_damaged": "error",
    "intake.line_too_long": "error",
    "intake.too_slow": "error",
    "intake.too_much_memory": "error",
    "intake.reader_died": "error",
    "intake.disk_full": "error",
    "intake.cancelled": "error",
    "intake.excerpt_foreign": "error",
    "intake.excerpt_doubled": "error",
    "intake.excerpt_several": "error",
    "intake.excerpt_gone": "error",
    # said about the file or a sheet
    "intake.excerpt_unmarked": "warning",
    "intake.encoding_guessed": "notice",
    "intake.file_mojibake": "warning",
    "intake.hidden_sheet": "notice",
    "intake.hidden_rows": "notice",
    "intake.hidden_columns": "notice",
    "intake.external_links": "notice",
    "intake.lists_left": "warning",
    "intake.merged_filled": "notice",
    "intake.merged_left": "warning",
    "intake.no_header": "warning",
    "intake.header_continued": "notice",
    "intake.titles_skipped": "notice",
    "intake.place_of_sheet": "notice",
    "intake.doubled_headings": "warning",
    "intake.heading_signs": "notice",
    "intake.empty_sheet": "notice",
    "intake.no_list": "warning",
    "intake.column_new": "notice",
    "intake.column_gone": "notice",
    # said about a row
    "intake.open_quote": "warning",
    "intake.stray_quote": "notice",
    "intake.nul": "warning",
    "intake.bad_encoding": "warning",
    "intake.long_number": "warning",
    "intake.row_short": "warning",
    "intake.row_long": "warning",
    "intake.bad_json_line": "error",
    "intake.total_row": "notice",
    "intake.signature_row": "notice",
    "intake.section_row": "notice",
    "intake.repeated_header": "notice",
    "intake.same_row": "warning",
    "intake.no_name": "error",
    "intake.no_given_name": "warning",
    # said about a value
    "intake.mojibake": "warning",
    "intake.lost_letters": "warning",
    "intake.unseen_signs": "notice",
    "intake.error_cell": "warning",
    "intake.long_cell": "warning",
    "intake.rounded_number": "warning",
    "intake.person_number": "warning",
    "intake.company_number": "warning",
    "intake.number_in_wrong_column": "notice",
    "intake.phone": "warning",
    "intake.email": "warning",
    "intake.website": "warning",
    "intake.date": "warning",
    "intake.date_order": "warning",
    "intake.date_future": "warning",
    "intake.birth_contradiction": "warning",
    "intake.unit": "warning",
    "intake.unit_several": "warning",
    "intake.occupation": "notice",
    "intake.domain": "notice",
    "intake.org_form": "notice",
    "intake.gender": "warning",
    "intake.consent": "warning",
    "intake.kind": "warning",
    "intake.level": "warning",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or worth saying; ``params`` are JSON values and fill the places of its words."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def way_out(self) -> str:
        """Code of the words that say what to do."""
        return way_out_of(self.code)

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.code]

    def say(self, lang: str) -> str:
        return _say(self.code, self.params, lang)

    def say_way_out(self, lang: str) -> str:
        return _say(self.way_out, self.params, lang)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Problem":
        return cls(stored["code"], dict(stored["params"]))


class Refused(Exception):
    """Raised inside the cage when a file cannot be read as a list; carries the reason."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.problem = Problem(code, params)


def _say(code: str, params: Mapping[str, Any], lang: str) -> str:
    from soyol.lib import words  # the cage gives codes and never needs it

    return words.say(code, params, lang)


def way_out_of(code: str) -> str:
    """``intake.far_cell`` → ``intake.way_out.far_cell``."""
    return code.replace("intake.", "intake.way_out.", 1)
