"""Answers as other programs export them, told apart from what those programs add, question by question.

KoboToolbox writes ``group/question`` (or the question alone, or its label), ODK Central ``group-question`` in tables
and nested objects in JSON. A name has neither stroke nor hyphen here: the last part of a heading is the question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from soyol.surveys.rules.forms import CHOSEN, OK, Form, Item

#: Columns that other programs add, without group and in small letters: their part in the answer, or "" for none.
META = {
    "_uuid": "current", "key": "root", "__id": "root", "instanceid": "current", "deprecatedid": "deprecated",
    "rootuuid": "root", "_submission_time": "submitted", "submissiondate": "submitted", "edits": "edits",
    "formversion": "version", "__version__": "version", "_index": "index", "_parent_index": "parent",
    "_submission__uuid": "of", "_submission__id": "", "parent_key": "parent", "_parent_table_name": "",
    "_id": "", "_validation_status": "", "_notes": "", "_status": "", "_submitted_by": "", "_tags": "",
    "instancename": "", "submitterid": "", "submittername": "", "attachmentspresent": "", "attachmentsexpected": "",
    "status": "", "reviewstate": "", "deviceid": "", "start": "", "end": "", "today": "", "username": "",
    "phonenumber": "", "uuid": "", "_attachments": "", "_geolocation": "", "_xform_id_string": "",
    "_supplementaldetails": "", "_submission__submission_time": "", "_submission__validation_status": "",
    "_submission__notes": "", "_submission__status": "", "_submission__submitted_by": "",
    "_submission___version__": "", "_submission__tags": "", "__system": "", "meta": "", "_xform_id": "",
    "_media_all_deleted": "", "validation_status": "",
}  # fmt: skip
_UUID = re.compile(r"^uuid:", re.IGNORECASE)
_PART = re.compile(r"[/\-]")


@dataclass
class Came:
    """One set of answers out of a file, and where it stood.

    ``faults``: question, round, code and value of what is not clear. ``stood``: place and heading of each answer that
    is written in the file, by question and round (None outside of a repeat).
    """

    place: str
    root: str = ""
    current: str = ""
    deprecated: str = ""
    version: str = ""
    submitted: datetime | None = None
    edits: int = 0
    answers: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, int | None, str, str]] = field(default_factory=list)
    stood: dict[tuple[str, int | None], tuple[str, str]] = field(default_factory=dict)

    @property
    def instance_id(self) -> str:
        """Under which id the answers are known for good."""
        return self.root or self.current

    @property
    def given_on(self) -> date | None:
        """The day on which they were sent, as it was there."""
        return self.submitted.date() if self.submitted is not None else None

    @property
    def was_edited(self) -> bool:
        """Whether the file says that they were changed after they were sent."""
        return self.edits > 0 or bool(self.deprecated) or bool(self.root and self.current and self.root != self.current)

    def tell(self, part: str, text: str) -> None:
        """Take what another program says about the answers."""
        text = text.strip()
        if part in {"root", "current", "deprecated"}:
            setattr(self, part, _UUID.sub("", text)[:120])
        elif part == "edits":
            self.edits = int(float(text)) if re.fullmatch(r"\d{1,6}(\.0)?", text) else 0
        elif part == "version":
            self.version = text[:60]
        elif part == "submitted":
            self.submitted = moment(text)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is: a question, one choice of a question, or ``meta``; ``by_label``: known by its label only."""

    item: Item | None = None
    choice: str = ""
    meta: str | None = None
    by_label: bool = False


class Headings:
    """Headings of exports of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        labels = Counter(text for placed in form.placed.values() for text in set(placed.item.labels.values()))
        self.by_label = {
            text: placed.item
            for placed in form.questions()
            for text in placed.item.labels.values()
            if labels[text] == 1
        }

    def understood(self, heading: str) -> Heading | None:
        """What a heading means; None where nobody knows."""
        if heading.startswith("SET-OF-") or heading.endswith("@odata.navigationLink"):
            return Heading(meta="")
        parts = _PART.split(heading.strip())
        last = parts[-1]
        placed = self.form.placed.get(last)
        if placed is not None:
            return Heading(placed.item)
        chosen = self.form.placed.get(parts[-2]) if len(parts) > 1 else None
        if chosen is not None and chosen.item.type == "select_multiple" and self.form.choice(chosen.item, last):
            return Heading(chosen.item, last)
        if last.lower() in META:
            return Heading(meta=META[last.lower()])
        return self._by_label(heading)

    def _by_label(self, heading: str) -> Heading | None:
        """KoboToolbox may write labels instead: of groups before the question, of a choice behind it."""
        parts = heading.strip().split("/")
        for start in range(len(parts)):
            rest = "/".join(parts[start:]).strip()
            if rest in self.by_label:
                return Heading(self.by_label[rest], by_label=True)
            question, _stroke, label = rest.rpartition("/")
            if (found := self._choice_by_label(question.strip(), label.strip())) is not None:
                return found
        return None

    def _choice_by_label(self, question: str, label: str) -> Heading | None:
        item = self.by_label.get(question)
        if item is None or item.type != "select_multiple":
            return None
        found = (each for each in self.form.choices.get(item.choices, ()) if label in each.labels.values())
        choice = next(found, None)
        return Heading(item, choice.name, by_label=True) if choice is not None else None


class Cells:
    """Cells of exports as answers; remembers whether labels stood where names should."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.labels_seen = 0

    def answer(self, item: Item, text: str) -> tuple[str, str]:
        """The answer in a cell, and the code of what is wrong with it."""
        text = text.strip()
        if item.type == "date" and re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
            return text[:10], ""
        if item.type == "acknowledge":
            return (OK, "") if text in {OK, "1", "true", "True", "TRUE"} else ("", "" if not text else "choice")
        if item.type not in CHOSEN or not text:
            return text, ""
        names = {each.name for each in self.form.choices.get(item.choices, ())}
        if item.type == "select_one" and text in names:
            return text, ""
        if item.type == "select_multiple" and set(text.split()) <= names:
            return text, ""
        return self._by_labels(item, text)

    def _by_labels(self, item: Item, text: str) -> tuple[str, str]:
        """Labels read one after the other, the longest first; KoboToolbox parts them with spaces only."""
        labels = {
            words.strip(): each.name
            for each in self.form.choices.get(item.choices, ())
            for words in each.labels.values()
        }
        found: list[str] = []
        rest = text
        while rest:
            label = next((each for each in sorted(labels, key=len, reverse=True) if each and rest.startswith(each)), "")
            after = rest.removeprefix(label)
            if not label or (after and after[0] not in " ,;"):
                return text, "choice"
            found.append(labels[label])
            rest = after.strip(" ,;")
        if item.type == "select_one" and len(found) > 1:
            return text, "choice"
        self.labels_seen += 1
        return " ".join(found), ""

    def row(
        self, cells: Iterable[tuple[Heading, str, str]], came: Came, *, place: str = "", at: int | None = None
    ) -> dict[str, Any]:
        """The answers of one row: heading, its words, and the cell. Faults are told to ``came``.

        ``at``: which round of a repeat the row is, and ``place`` where it stands, if not where the answers do.
        """
        made: dict[str, Any] = {}
        split: dict[str, list[str]] = {}
        for heading, words, cell in cells:
            if heading.item is None or not heading.item.is_asked or not cell.strip():
                continue
            came.stood[heading.item.name, at] = (place or came.place, words)
            if heading.choice:
                if cell.strip().lower() in {"1", "true", "1.0"}:
                    split.setdefault(heading.item.name, []).append(heading.choice)
                continue
            made[heading.item.name], fault = self.answer(heading.item, cell)
            if fault:
                came.faults.append((heading.item.name, at, fault, cell))
        return {**{name: " ".join(chosen) for name, chosen in split.items()}, **made}

    def nested(
        self, headings: Headings, told: Mapping[str, Any], came: Came, unknown: Counter[str], at: int | None = None
    ) -> dict[str, Any]:
        """The answers of one JSON object: groups as objects or in names, rounds as lists of objects.

        ``at``: which round of a repeat the object is.
        """
        made: dict[str, Any] = {}
        for key, value in told.items():
            heading = headings.understood(str(key))
            if heading is not None and heading.meta is not None and not isinstance(value, dict | list):
                came.tell(heading.meta, "" if value is None else str(value))
            elif isinstance(value, dict) and (heading is None or heading.item is None or heading.item.kind == "group"):
                made |= self.nested(headings, value, came, unknown, at)
            elif heading is None:
                unknown[str(key)] += value not in (None, "", [], {})
            elif heading.item is not None and heading.item.kind == "repeat" and isinstance(value, list):
                mine = [each for each in value if isinstance(each, Mapping)]
                inner = Came(came.place)  # a round has ids of its own, which are not those of the answers
                made[heading.item.name] = [
                    self.nested(headings, each, inner, unknown, number) for number, each in enumerate(mine)
                ]
                came.faults += inner.faults
                came.stood |= inner.stood
            elif heading.item is not None and value is not None:
                made |= self.row([(heading, str(key), _plain(value))], came, at=at)
        return made


def _plain(value: Any) -> str:
    """A value of JSON as a cell would have it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value)


def moment(text: str) -> datetime | None:
    """A point in time as other programs write it; None where it is none."""
    try:
        return datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
