"""Answers as rows of a list: which value says what in the registry, made tidy by the country pack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from soyol import intake, packs
from soyol.packs.pack import Pack
from soyol.sources.queries.workroom import workroom
from soyol.surveys.rules import Form, Item
from soyol.surveys.rules.forms import CHOSEN, OK
from soyol.surveys.rules.judging import KINDS
from soyol.surveys.rules.taking import told_day

#: Field of a question → column of a record that takes the codes which are the names of choices.
CODED = {"unit": "unit", "occupation": "occupations", "domain": "domains", "area": "areas", "gender": "gender"}
GENDERS = frozenset({"male", "female", "other"})
AGREED = {"yes": True, OK: True, "no": False}
#: What reading a list says of rows that look alike; two people may give the same answers.
NOT_HERE = frozenset({"intake.same_row"})


@dataclass(frozen=True)
class Told:
    """What answers say: texts by field of intake, and values that are codes already."""

    kind: str
    texts: dict[str, str]
    codes: dict[str, Any]


@dataclass(frozen=True)
class Understood:
    """A row: record columns, problems as code, question, value and params, and the answers in words."""

    kind: str
    values: dict[str, Any]
    problems: list[tuple[str, str, str, dict[str, Any]]] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)


def understand(form: Form, answers: Sequence[Mapping[str, Any]], *, consents: Sequence[bool]) -> list[Understood]:
    """Each set of answers as a row. ``consents``: whether what a set says about consent is believed.

    Costs tens of milliseconds for all sets of a kind together: they take the way of a file.
    """
    pack = packs.load(settings.SOYOL_PACK)
    told = [told_by(form, each, pack) for each in answers]
    made: dict[int, Understood] = {}
    for kind in KINDS:
        mine = [at for at, each in enumerate(told) if each.kind == kind]
        if not mine:
            continue
        with workroom() as room:
            rows = intake.understand_all([told[at].texts for at in mine], kind, pack, room)  # type: ignore[arg-type]
        for at, row in zip(mine, rows, strict=True):
            made[at] = _row(form, told[at], row, answers[at], consent=consents[at])
    return [made[at] for at in range(len(answers))]


def _row(form: Form, told: Told, row: intake.Understood, answers: Mapping[str, Any], *, consent: bool) -> Understood:
    codes = told.codes if consent else {name: value for name, value in told.codes.items() if name != "consent"}
    values = {"kind": told.kind, **row.values, **codes}
    asked = {placed.item.field: placed.item.name for placed in form.questions() if placed.item.field}
    problems = [
        (code, asked.get(column or "", column or ""), value or "", params)
        for (code, column, value), params in zip(row.problems, row.params, strict=True)
        if code not in NOT_HERE
    ]
    return Understood(told.kind, values, problems, in_words(form, answers))


def told_by(form: Form, answers: Mapping[str, Any], pack: Pack) -> Told:
    """What answers say in the registry, before the pack makes it tidy."""
    texts: dict[str, list[str]] = {}
    codes: dict[str, Any] = {}
    kind = ""
    for item, text in _fed(form, answers):
        if item.field == "kind":
            kind = text
        elif item.field == "consent" and text in AGREED:
            codes["consent"] = AGREED[text]
        elif (known := _codes(item, text, pack)) is not None:
            _keep_codes(codes, item.field, known)
        else:
            texts.setdefault(item.field, []).append(_words(form, item, text, pack))
    joined = {name: "; ".join(dict.fromkeys(filter(None, many))) for name, many in texts.items()}
    return Told(kind or _kind(joined), joined, codes)


def _kind(texts: Mapping[str, str]) -> str:
    """Whom a form is about that does not ask: a person, unless only the name of a body is told."""
    return "organisation" if "org_name" in texts and not {"name", "given_name"} & set(texts) else "person"


def _fed(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[Item, str]]:
    """Questions that feed a field, each with its answer; those of rounds one by one."""
    for placed in form.questions():
        if not placed.item.field:
            continue
        rounds = answers.get(placed.repeat) if placed.repeat else [answers]
        for each in rounds if isinstance(rounds, list) else []:
            if text := str(each.get(placed.item.name, "")):
                yield placed.item, text


def _codes(item: Item, text: str, pack: Pack) -> list[str] | None:
    """The chosen names, if the pack knows all of them as codes of this field."""
    if item.type not in CHOSEN or item.field not in CODED:
        return None
    known: Any = {
        "unit": pack.units.by_code,
        "occupation": pack.vocab.by_code,
        "domain": {term.code for term in pack.vocab.domains},
        "area": {term.code for term in pack.vocab.areas},
        "gender": GENDERS,
    }[item.field]
    chosen = text.split()
    return chosen if all(each in known for each in chosen) else None


def _keep_codes(codes: dict[str, Any], name: str, known: list[str]) -> None:
    """Of places the later question is the more exact one; of what there may be many, all."""
    column = CODED[name]
    if column in {"unit", "gender"}:
        codes[column] = known[-1]
    else:
        codes[column] = list(dict.fromkeys([*codes.get(column, []), *known]))


def _words(form: Form, item: Item, text: str, pack: Pack) -> str:
    """An answer as a list would have it: choices by their labels in the country's language."""
    if item.type == "date":
        return told_day(item, text)
    if item.type not in CHOSEN:
        return text
    language = pack.languages[0].code
    found = [form.choice(item, name) for name in text.split()]
    return "; ".join(form.words(each.labels, language) for each in found if each is not None)


def in_words(form: Form, answers: Mapping[str, Any], language: str = "") -> dict[str, str]:
    """Every answer by the name of its question, as it was given; rounds with their number behind the name."""
    made: dict[str, str] = {}
    for placed in form.questions():
        rounds = answers.get(placed.repeat) if placed.repeat else [answers]
        for number, each in enumerate(rounds if isinstance(rounds, list) else [], start=1):
            if text := str(each.get(placed.item.name, "")):
                name = f"{placed.item.name} [{number}]" if placed.repeat else placed.item.name
                made[name] = shown(form, placed.item, text, language)
    return made


def shown(form: Form, item: Item, text: str, language: str = "") -> str:
    """One answer as a reader sees it: choices by their labels."""
    if item.type == "date":
        return told_day(item, text)
    if item.type not in CHOSEN:
        return text
    labels = {name: form.choice(item, name) for name in text.split()}
    return ", ".join(
        form.words(each.labels, language) or name if each is not None else name for name, each in labels.items()
    )
