"""Files and functions stay short enough to be read at one go, and names say something."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 150
EMPTY_NAMES = {"utils", "helpers", "common", "manager", "service", "services", "data", "misc", "handle"}


def _python() -> list[Path]:
    return [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]


def _shown(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without the docstring: nobody should say less to callers in order to fit."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if not ast.get_docstring(function):
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def test_no_file_is_longer_than_the_budget() -> None:
    lengths = {_shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _python()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_template_is_longer_than_the_budget() -> None:
    lengths = {_shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SRC.rglob("*.html")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_TEMPLATE} == {}


def test_no_function_is_longer_than_the_budget() -> None:
    long = {}
    for path in _python():
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _lines_of(node)
                if lines > LONGEST_FUNCTION:
                    long[f"{_shown(path)}:{node.name}"] = lines
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_shown(path) for path in _python() if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES] == []


def test_public_functions_of_actions_and_queries_say_what_they_do() -> None:
    silent = []
    for path in _python():
        if path.stem not in {"actions", "queries"} and path.parent.name not in {"actions", "queries"}:
            continue
        functions = [node for node in _parsed(path).body if isinstance(node, ast.FunctionDef)]
        public = [node for node in functions if not node.name.startswith("_")]
        silent += [f"{_shown(path)}:{node.name}" for node in public if not ast.get_docstring(node)]
    assert silent == []
