"""Which column is what: by its heading and by what is in it, decided for all columns of a sheet together."""

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace

import polars as pl

from soyol.intake import headings, signs, words_of
from soyol.intake.chunks import LONG
from soyol.intake.fields import FIELDS, Field
from soyol.intake.layout import plain
from soyol.intake.mapping import Column, Kind, Mapping, SheetMapping
from soyol.intake.problems import Problem
from soyol.intake.reading import Reading, Sheet
from soyol.packs import Pack

#: So many rows of a sheet are looked at, from this many chunks spread over it.
SAMPLE, SPREAD = 1500, 6
#: Below this a column is only kept.
ENOUGH = 0.45
#: A second column of a field that may have several must be as sure as this.
SURE = 0.55
#: Fewer rows than this share that look like bodies are persons with odd names.
FEW = 0.004
SHOWN = 3

NAMES = ("name", "given_name", "surname", "org_name", "stage_name")


def recognise(reading: Reading, pack: Pack, remembered: Mapping | None = None) -> Mapping:
    """Decide for every column of every sheet which field it is.

    ``remembered`` is the mapping of the last batch of this source: columns with the same heading keep their field,
    and what has changed is told in ``differences``. Cost: a second or so for the first use of a pack, then
    milliseconds per column, whatever the size of the file.
    """
    sheets, differences = [], []
    for sheet in reading.sheets:
        sample = _sample(reading, sheet)
        earlier = remembered.sheet_for(sheet) if remembered else None
        found = _Sheet(sheet, sample, pack).decide(earlier)
        sheets.append(found)
        if earlier is not None:
            differences += _differences(sheet, earlier)
    return Mapping(tuple(sheets), tuple(differences))


def _sample(reading: Reading, sheet: Sheet) -> pl.DataFrame:
    """Rows spread evenly over a sheet: what stands further down may be of another kind."""
    if not sheet.chunks:
        return pl.DataFrame(schema=dict.fromkeys(sheet.cells, pl.String))
    return reading.sample(sheet, SAMPLE, SPREAD)


def _differences(sheet: Sheet, earlier: SheetMapping) -> list[Problem]:
    now = {plain(name): name for name in sheet.header}
    then = {plain(column.name): column.name for column in earlier.columns}
    ours = words_of.note_headings()
    new = [
        Problem("intake.column_new", {"column": name})
        for key, name in now.items()
        if key not in then and name not in ours
    ]
    gone = [Problem("intake.column_gone", {"column": name}) for key, name in then.items() if key not in now]
    return new + gone


class _Sheet:
    """The columns of one sheet and what speaks for each field."""

    def __init__(self, sheet: Sheet, sample: pl.DataFrame, pack: Pack) -> None:
        self.sheet, self.pack = sheet, pack
        value = pl.col(sheet.cells).str.strip_chars()
        # A pasted document is no value of any field and says nothing about its column.
        kept = sample.select(value.filter((value != "") & (value.str.len_chars() <= LONG)).implode())
        self.values = {name: kept[cell][0] for name, cell in zip(sheet.header, sheet.cells, strict=True)}
        self.shares = signs.shares(self.values, pack)
        known = headings.known(pack)
        known.learn(sheet.headings)
        self.matches = {
            name: known.match(heading) if heading else {}
            for name, heading in zip(sheet.header, sheet.headings, strict=True)
        }

    def decide(self, earlier: SheetMapping | None) -> SheetMapping:
        columns = {name: Column(name, samples=self._shown(name)) for name in self.sheet.header}
        if earlier is not None:
            self._remember(columns, earlier)
        ours = words_of.note_headings() & columns.keys()
        columns |= {name: Column(name, confidence=1.0, why=(Problem("intake.why.our_note"),)) for name in ours}
        fixed = {name for name, column in columns.items() if column.why}
        self.bodies = self._about_bodies()
        self._assign(columns, fixed)
        self._settle_names(columns, fixed)
        found = SheetMapping(self.sheet.name, tuple(columns.values()))
        fields = found.fields()
        # What the rows were is remembered with the columns of names: of other columns nobody has said it.
        known = earlier is not None and any(columns[name].field in NAMES for name in fixed)
        kind = earlier.kind if earlier is not None and known else self._kind(fields)
        return replace(found, kind=kind, used=any(name in fields for name in NAMES))

    def _shown(self, name: str) -> tuple[str, ...]:
        return tuple(self.values[name].unique(maintain_order=True).head(SHOWN).to_list())

    @staticmethod
    def _remember(columns: dict[str, Column], earlier: SheetMapping) -> None:
        then = {plain(column.name): column for column in earlier.columns}
        for name, column in columns.items():
            known = then.get(plain(name))
            if known is not None:
                why = (Problem("intake.why.remembered"),)
                columns[name] = replace(column, field=known.field, confidence=1.0, why=why, scheme=known.scheme)

    def _assign(self, columns: dict[str, Column], fixed: set[str]) -> None:
        """Give fields to columns, the surest pair first; a field of one column goes to one."""
        taken = {column.field for column in columns.values() if column.field}
        pairs = [
            (score, why, name, field)
            for name in self.sheet.header
            if name not in fixed
            for field in FIELDS.values()
            for score, why in [self._score(name, field)]
            if score >= ENOUGH
        ]
        pairs.sort(key=lambda pair: -pair[0])
        settled = set(fixed)
        for score, why, name, field in pairs:
            if name in settled or (field.name in taken and (field.many == "one" or score < SURE)):
                continue
            settled.add(name)
            taken.add(field.name)
            columns[name] = self._as(columns[name], field, score, why)

    def _as(self, column: Column, field: Field, score: float, why: tuple[Problem, ...]) -> Column:
        share = self.shares[column.name].get(field.sign) if field.sign else None
        name, scheme = field.name, None
        if name == "external_id":
            scheme = headings.scheme(column.name)
            if scheme is None:  # a number that only this list knows is no identifier elsewhere
                name = "row_id"
        return replace(column, field=name, confidence=min(1.0, round(score, 2)), why=why, share=share, scheme=scheme)

    def _score(self, name: str, field: Field) -> tuple[float, tuple[Problem, ...]]:
        match, shares = self.matches[name].get(field.name), self.shares[name]
        share = shares.get(field.sign, 0.0) if field.sign else None
        alone = self._alone(field, share, shares)
        if match is None or match.score < 0.3:
            why = (Problem("intake.why.content", {"percent": round(100 * (share or 0))}),)
            return (alone, why) if alone else (0.0, ())
        score = 0.75 * match.score
        code = "intake.why.heading" if match.exact else "intake.why.similar_heading"
        why = (Problem(code, {"heading": name, "known": match.synonym}),)
        if self.bodies and field.name in {"given_name", "surname", "name"}:
            score -= 0.15
        if share is None or not shares:
            return score + 0.12, why
        percent = Problem("intake.why.content", {"percent": round(100 * share)})
        if field.strict and share < 0.25:
            against = Problem("intake.why.content_against", {"percent": round(100 * share)})
            # A heading that is known word for word stays: then the values are wrong, and that has to be told.
            return (0.62 if match.exact else 0.4) * score, (*why, against)
        return max(score + 0.25 * share, alone), (*why, percent) if share >= 0.05 else why

    @staticmethod
    def _alone(field: Field, share: float | None, shares: Table[str, float]) -> float:
        """How sure content alone is; a name must differ from row to row, or it would be any column of words."""
        if field.alone is None or share is None or share < field.alone:
            return 0.0
        if field.name == "name" and shares.get("unique", 0) < 0.5:
            return 0.0
        if field.name == "person_number" and shares.get("person_number", 0) < field.alone:
            return 0.0
        competing = max(shares.get(sign, 0.0) for sign in ("person_number", "email", "date") if sign != field.sign)
        return 0.0 if competing > share else 0.4 + 0.35 * share

    def _settle_names(self, columns: dict[str, Column], fixed: set[str]) -> None:
        """One word means different things beside different columns: decide by company and content."""
        for turn in _TURNS:
            by_field = {column.field: name for name, column in columns.items() if column.field}
            name = by_field.get(turn.old)
            if name is None or name in fixed or by_field.keys() & turn.without or not turn.beside <= by_field.keys():
                continue
            if turn.when(self, name):
                why = (*columns[name].why, Problem("intake.why.beside", {}))
                columns[name] = replace(columns[name], field=turn.new, why=why, share=None)

    def _about_bodies(self) -> bool:
        """Whether the sheet is a list of bodies by its numbers and legal forms, whatever its names look like."""
        companies = [
            shares.get("company_number", 0) > 0.8 and shares.get("person_number", 0) < 0.1
            for name, shares in self.shares.items()
            if self.matches[name].keys() & {"person_number", "company_number", "register_number"}
        ]
        persons = any(shares.get("person_number", 0) > 0.3 for shares in self.shares.values())
        return any(companies) and not persons

    def share(self, name: str, sign: str) -> float:
        return self.shares[name].get(sign, 0.0)

    def both_headings(self, name: str) -> bool:
        return {"name", "org_name"} <= self.matches[name].keys()

    def _kind(self, fields: dict[str, list[Column]]) -> Kind:
        """Whether a sheet lists persons, bodies, or each row says for itself."""
        if "kind" in fields:
            return "row"
        persons = fields.keys() & {"name", "given_name", "surname"}
        if "org_name" in fields and not persons:
            return "organisation"
        if "name" not in fields:
            # Bodies among people stand in the column of given names, with nothing in that of surnames.
            given = max(
                (self.share(column.name, "organisation") for column in fields.get("given_name", [])), default=0.0
            )
            return "person" if given < FEW else "row"
        if self.bodies:
            return "organisation"
        name = fields["name"][0].name
        bodies = self.share(name, "organisation")
        number = fields.get("register_number") or fields.get("person_number") or fields.get("company_number") or []
        companies = max((self.share(column.name, "company_number") for column in number), default=0.0)
        if "org_name" in fields and self._empty(name) < 0.05:
            return "person"
        return "person" if bodies < FEW and companies < FEW else "row"

    def _empty(self, name: str) -> float:
        column = self.values[name]
        longest = max((len(values) for values in self.values.values()), default=0)
        return 1 - len(column) / longest if longest else 1.0


@dataclass(frozen=True)
class _Turn:
    """A field that is another one ``beside`` some columns and ``without`` others, ``when`` the values say so."""

    old: str
    new: str
    when: Callable[[_Sheet, str], bool]
    beside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


def _occupations(sheet: _Sheet, name: str) -> bool:
    return sheet.share(name, "occupation") > max(0.5, 2 * sheet.share(name, "domain"))


def _persons_too(sheet: _Sheet, name: str) -> bool:
    return sheet.share(name, "person") > 0.3 and sheet.both_headings(name) and not sheet.bodies


def _companies_only(sheet: _Sheet, name: str) -> bool:
    return sheet.share(name, "company_number") > 0.8 and sheet.share(name, "person_number") < 0.1


_TURNS = (
    _Turn("given_name", "name", lambda *_: True, without=frozenset({"surname", "name"})),
    _Turn("surname", "name", lambda sheet, name: sheet.share(name, "person") > 0.5,
          without=frozenset({"given_name", "name"})),
    _Turn("name", "given_name", lambda sheet, name: sheet.share(name, "organisation") < 0.5,
          beside=frozenset({"surname"}), without=frozenset({"given_name"})),
    _Turn("name", "org_name", lambda sheet, name: sheet.share(name, "organisation") >= 0.9,
          without=frozenset({"org_name"})),
    _Turn("observed_on", "founded", lambda sheet, name: sheet.bodies and sheet.share(name, "unique") > 0.3,
          without=frozenset({"founded"})),
    _Turn("person_number", "company_number", _companies_only, without=frozenset({"company_number"})),
    _Turn("domain", "occupation", _occupations, without=frozenset({"occupation"})),
    _Turn("org_name", "name", _persons_too, without=frozenset({"name", "given_name"})),
)  # fmt: skip
