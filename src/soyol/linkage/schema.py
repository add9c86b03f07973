"""The columns of a record: what reading a list produces and what linkage consumes.

A record is one row of one source file after normalisation. Values are the row's own values made tidy
(NFC, trimmed, parsed, coded); matching keys are never stored here, linkage derives them. Every column
may be null, and null means "the list does not say", never "no" and never zero.

Shapes: one polars row per record; list columns hold distinct values in the order in which they were read.
"""

import polars as pl

TEXT = pl.String()
TEXTS = pl.List(pl.String())

#: Where the record came from. ``record_id`` is unique in a table of records and decides ties.
ORIGIN: dict[str, pl.DataType] = {
    "record_id": pl.Int64(),
    "source": TEXT,  # name of the list: the file's name without its ending
    "sheet": TEXT,
    "row": pl.Int64(),  # n-th non-empty row under the header, from 1, sheets in order
    "line": pl.Int64(),  # line of the sheet as a spreadsheet shows it, from 1
}

#: Who it is. ``kind`` is "person", "organisation" or "group" (an informal ensemble).
IDENTITY: dict[str, pl.DataType] = {
    "kind": TEXT,
    "name": TEXT,  # the whole name as a reader would write it
    "given_name": TEXT,
    "surname": TEXT,  # family name, or the parent's name where a country uses one; may be one initial
    "clan_name": TEXT,
    "name_order": TEXT,  # "known" when headings or shape tell the parts apart, else "guessed"
    "stage_name": TEXT,
    "org_name": TEXT,  # core of an organisation's name, without legal form and quotes
    "org_form": TEXT,  # code of the pack's organisation forms
    "org_branch": TEXT,
}

#: Identifiers. ``*_status`` is "valid", "shape_only" (cannot be verified further) or "invalid".
IDENTIFIERS: dict[str, pl.DataType] = {
    "person_number": TEXT,
    "person_number_status": TEXT,
    "company_number": TEXT,
    "company_number_status": TEXT,
    "external_ids": TEXTS,  # "scheme:value", such as "wikidata:Q42"
}

#: Dates are ISO 8601 with reduced precision: "1898", "1898-05" or "1898-05-17".
TIMES: dict[str, pl.DataType] = {
    "birth_date": TEXT,
    "death_date": TEXT,
    "founded": TEXT,
    "closed": TEXT,
    "observed_on": TEXT,  # when the list says this row was true
}

CONTACTS: dict[str, pl.DataType] = {
    "phones": TEXTS,
    "emails": TEXTS,
    "websites": TEXTS,
    "unit": TEXT,  # code of the most specific administrative unit recognised
    "address": TEXT,
}

WORK: dict[str, pl.DataType] = {
    "occupations": TEXTS,  # vocabulary codes
    "domains": TEXTS,
    "areas": TEXTS,
    "role": TEXT,  # as written: a post, a rank
    "employer": TEXT,  # name of the body a person works at, as written
    "director": TEXT,  # name of the person who directs an organisation, as written
    "founder": TEXT,
    "level": TEXT,  # "local", "national" or "international"
}

OTHER: dict[str, pl.DataType] = {
    "gender": TEXT,  # "male", "female" or "other"
    "nationality": TEXT,
    "consent": pl.Boolean(),  # consent to be shown in the public directory
    "note": TEXT,
}

RECORD_COLUMNS: dict[str, pl.DataType] = {
    **ORIGIN,
    **IDENTITY,
    **IDENTIFIERS,
    **TIMES,
    **CONTACTS,
    **WORK,
    **OTHER,
}


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with exactly the record columns, in order, of the right types; absent ones are null."""
    if not frame.columns:  # selecting constants from nothing would make one row
        return pl.DataFrame(schema=RECORD_COLUMNS)
    have = set(frame.columns)
    return frame.select(
        pl.col(name).cast(kind) if name in have else pl.lit(None, dtype=kind).alias(name)
        for name, kind in RECORD_COLUMNS.items()
    )
