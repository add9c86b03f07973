"""From the sheets of an XLSForm to a form, with every fault of every row: nothing is passed over in silence."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from soyol.surveys.rules.faults import Fault
from soyol.surveys.rules.forms import CHOSEN, OK, Choice, Form, Item, Kind
from soyol.surveys.rules.reading import Row, Sheets

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: The choice and the question that ``or_other`` adds, as pyxform names them.
OTHER = "other"
TYPES = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date",
    "note": "note", "acknowledge": "acknowledge", "trigger": "acknowledge", "calculate": "calculate",
    "start": "meta", "end": "meta", "today": "meta", "deviceid": "meta", "username": "meta", "phonenumber": "meta",
}  # fmt: skip
#: As people are told what they may write.
ACCEPTED = (
    "text, integer, decimal, date, select_one …, select_multiple …, note, acknowledge, calculate, "
    "begin_group, begin_repeat, start, end, today, deviceid"
)
#: Columns that mean something; a cell in any other would be lost.
SURVEY_COLUMNS = frozenset(
    {
        "type", "name", "relevant", "constraint", "required", "calculation", "default", "appearance", "choice_filter",
        "field", "read_only",
    }
)  # fmt: skip
#: Looks that another program may make of a question, and that change nothing of what is asked.
SETTINGS = frozenset({"form_id", "form_title", "version", "default_language", "namespaces"})
YES, NO = frozenset({"yes", "true", "true()"}), frozenset({"no", "false", "false()", ""})


@dataclass
class _Open:
    """A group or repeat whose end has not come yet."""

    item: Item
    items: list[Item] = field(default_factory=list)


def compile_form(sheets: Sheets, fields: Collection[str]) -> tuple[Form, list[Fault]]:
    """The form that the sheets describe, and what is wrong with it; ``fields`` are those of the registry."""
    compiler = _Compiler(sheets, fields)
    return compiler.form(), compiler.faults


class _Compiler:
    def __init__(self, sheets: Sheets, fields: Collection[str]) -> None:
        self.sheets, self.fields = sheets, fields
        self.faults: list[Fault] = []
        self.names: dict[str, int] = {}
        self.choices = self.lists()

    def fault(self, code: str, row: Row, column: str = "", **params: object) -> None:
        self.faults.append(Fault(code, "survey", row.line, column, dict(params)))

    def form(self) -> Form:
        settings = self.sheets.settings
        for name in ("form_id", "version"):
            if not settings.get(name):
                self.faults.append(Fault(f"no_{name}", "settings"))
        for name in sorted(set(settings.cells) - SETTINGS):
            self.faults.append(Fault("setting", "settings", settings.line, name, heavy=False))
        if settings.get("form_id") and not NAME.fullmatch(settings.get("form_id")):
            self.faults.append(Fault("name", "settings", settings.line, "form_id", {"value": settings.get("form_id")}))
        items = self.tree()
        if not any(item.is_asked for item in _questions(items)):
            self.faults.append(Fault("no_questions" if self.sheets.survey else "no_survey", "survey"))
        title = settings.get("form_title") or settings.get("form_id")
        titles = {self.sheets.languages[0]: title} if title else {}
        code, version = settings.get("form_id"), settings.get("version")
        return Form(code, version, titles, self.sheets.languages, items, self.choices)

    def lists(self) -> dict[str, tuple[Choice, ...]]:
        made: dict[str, list[Choice]] = {}
        for row in self.sheets.choices:
            name, of = row.get("name"), made.setdefault(row.get("list_name"), [])
            if not row.get("list_name") and not row.cells and not row.spoken:
                continue
            place = {"sheet": "choices", "line": row.line, "column": "name"}
            if not name or " " in name or len(name) > 100:
                self.faults.append(Fault("choice_name", **place, params={"value": name}))  # type: ignore[arg-type]
            elif any(each.name == name for each in of[-1:]) or (name in {each.name for each in of}):
                self.faults.append(Fault("choice_twice", **place, params={"value": name}))  # type: ignore[arg-type]
            else:
                columns = {key: cell for key, cell in row.cells.items() if key != "list_name"}
                of.append(Choice(name, row.words("label") or {self.sheets.languages[0]: name}, columns))
        made.pop("", None)
        return {name: tuple(told) for name, told in made.items()}

    def tree(self) -> tuple[Item, ...]:
        stack = [_Open(Item("group", "", 0))]
        for row in self.sheets.survey:
            told = row.get("type").replace("_", " ").lower().split()
            if not told:
                if row.cells or row.spoken:
                    self.fault("type", row, "type", value="", accepted=ACCEPTED)
            elif told[0] == "end" and len(told) > 1:
                self.end(row, told[1], stack)
            elif told[0] == "begin" and len(told) > 1 and told[1] in {"group", "repeat"}:
                if told[1] == "repeat" and any(each.item.kind == "repeat" for each in stack):
                    self.fault("deep", row, "type")
                kind: Kind = "repeat" if told[1] == "repeat" else "group"
                stack.append(_Open(self.item(row, kind, "")))
            else:
                stack[-1].items += self.question(row)
        for left in stack[1:]:
            self.faults.append(Fault("open", "survey", left.item.line, "type", {"name": left.item.name}))
        while len(stack) > 1:
            self.close(stack)
        return tuple(stack[0].items)

    def end(self, row: Row, kind: str, stack: list[_Open]) -> None:
        if stack[-1].item.kind != kind or len(stack) == 1:
            self.fault("end", row, "type", value=row.get("type"))
            return
        if not stack[-1].items:
            self.faults.append(
                Fault("empty_group", "survey", stack[-1].item.line, "type", {"name": stack[-1].item.name})
            )
        self.close(stack)

    @staticmethod
    def close(stack: list[_Open]) -> None:
        done = stack.pop()
        stack[-1].items.append(replace(done.item, items=tuple(done.items)))

    def question(self, row: Row) -> Iterator[Item]:
        told = row.get("type").split()
        first = told[0].lower() + (f"_{told.pop(1).lower()}" if told[0].lower() == "select" and len(told) > 1 else "")
        if first in CHOSEN and len(told) >= 2:
            yield from self.chosen(row, first, told[1], told[2:])
        elif len(told) == 1 and first in TYPES:
            yield self.item(row, "question", TYPES[first])
        else:
            self.fault("type", row, "type", value=row.get("type"), accepted=ACCEPTED)

    def chosen(self, row: Row, kind: str, of: str, more: list[str]) -> Iterator[Item]:
        other = [each.lower() for each in more] == ["or_other"]
        if of not in self.choices:
            self.fault("list", row, "type", value=of)
        if more and not other:
            self.fault("type", row, "type", value=row.get("type"), accepted=ACCEPTED)
        made = self.item(row, "question", kind, of)
        yield made
        if other:
            told = self.choices.get(of, ())
            if OTHER not in {each.name for each in told}:
                self.choices[of] = (*told, Choice(OTHER, dict.fromkeys(self.sheets.languages[:1], "Other")))
            relevant = f"selected(${{{made.name}}}, '{OTHER}')"
            words = dict.fromkeys(self.sheets.languages[:1], "Specify other.")
            yield Item("question", f"{made.name}_{OTHER}", row.line, "text", words, relevant=relevant)

    def item(self, row: Row, kind: Kind, of: str, choices: str = "") -> Item:
        self.look(row, kind)
        made = Item(
            kind,
            row.get("name"),
            row.line,
            of,
            row.words("label"),
            row.words("hint"),
            relevant=row.get("relevant"),
            constraint=row.get("constraint"),
            constraint_words=row.words("constraint_message"),
            required=_required(row.get("required")),
            required_words=row.words("required_message"),
            calculation=row.get("calculation"),
            default=row.get("default"),
            appearance=row.get("appearance"),
            choices=choices,
            choice_filter=row.get("choice_filter"),
            field=row.get("field"),
            read_only=row.get("read_only").lower() in YES,
        )
        self.judge(row, made)
        return made

    def look(self, row: Row, kind: Kind) -> None:
        """Its name, and columns that nobody would read."""
        name = row.get("name")
        if not NAME.fullmatch(name) or len(name) > 60:
            self.fault("name", row, "name", value=name)
        elif name.lower() in self.names:
            self.fault("name_twice", row, "name", value=name, line=self.names[name.lower()])
        self.names.setdefault(name.lower(), row.line)
        for column in sorted(set(row.cells) - SURVEY_COLUMNS):
            self.fault("column", row, column)

    def judge(self, row: Row, item: Item) -> None:
        """What one row says for itself; what rows say of each other is judged in ``judging``."""
        if item.kind == "question" and item.type not in {"calculate", "meta"}:
            for language in self.sheets.languages:
                if not item.labels.get(language):
                    told = {"name": item.name, "language": language}
                    self.faults.append(Fault("no_label", "survey", row.line, "label", told, heavy=False))
        if item.type == "calculate" and not item.calculation:
            self.fault("no_calculation", row, "calculation", name=item.name)
        if item.required and not item.is_asked:
            self.fault("required_silent", row, "required", name=item.name)
        if item.field and item.field not in self.fields:
            self.fault("field", row, "field", value=item.field, accepted=", ".join(sorted(self.fields)))
        if item.default and not self.takes(item):
            self.fault("default", row, "default", name=item.name, value=item.default)

    def takes(self, item: Item) -> bool:
        """Whether the default is an answer; whatever is counted cannot be one here."""
        if item.type in CHOSEN:
            known = {each.name for each in self.choices.get(item.choices, ())}
            return set(item.default.split()) <= known
        from soyol.surveys.rules.taking import taken

        return (
            item.kind == "question"
            and item.type != "note"
            and (item.default == OK or not taken(item, item.default).fault)
        )


def _required(told: str) -> str:
    """Empty, ``true()``, or the condition as written."""
    return "" if told.lower() in NO else "true()" if told.lower() in YES else told


def _questions(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if item.kind == "question":
            yield item
        yield from _questions(item.items)
