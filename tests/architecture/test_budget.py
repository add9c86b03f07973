"""Files and functions stay short enough to be read at one go, and names say something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
#: Whose functions stay short and shallow; files and names are asked of the product alone.
ROOTS = ("src", "launch", "benchmarks", "tests", "tools", ".ci", "samples")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 150
DEEPEST = 3
#: Deeper still, and to be made shallower: taken out of here as soon as they are. Nothing may be added.
STILL_DEEPER = {
    "benchmarks/linkage/vocabulary.py:given_names",
    "launch/serve.py:_wait_for_answer",
    "src/soyol/intake/door.py:_watch",
    "src/soyol/intake/headings.py:match",
    "src/soyol/intake/separated.py:read_separated",
    "src/soyol/intake/staging.py:stage",
    "src/soyol/intake/workbooks.py:read_workbook",
    "src/soyol/lib/scripts.py:_romaniser",
    "src/soyol/registry/actions/exports.py:write_workbook",
    "src/soyol/registry/queries/pages.py:script_of",
    "src/soyol/registry/queries/searching.py:counts_from_cells",
    "src/soyol/sources/queries/staging.py:rows",
    "samples/invented/files.py:xls",
}
#: What opens a level; the branches of one 'if', 'try' or 'match' are one level.
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
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


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for root in ROOTS:
        for path in sorted((ROOT / root).rglob("*.py")):
            nodes = ast.walk(_parsed(path)) if "migrations" not in path.parts else ()
            found = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
            yield from ((f"{path.relative_to(ROOT).as_posix()}:{node.name}", node) for node in found)


def _depth(node: ast.AST) -> int:
    """How many blocks lie in one another below a statement; functions inside are asked by themselves."""
    inner = [_depth(child) + _opens(child, node) for child in ast.iter_child_nodes(node) if not _apart(child)]
    return max(inner, default=0)


def _opens(child: ast.AST, parent: ast.AST) -> bool:
    is_elif = isinstance(child, ast.If) and isinstance(parent, ast.If) and parent.orelse == [child]
    return isinstance(child, BLOCKS) and not is_elif


def _apart(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)


def test_no_function_is_longer_than_the_budget() -> None:
    lines = {name: _lines_of(function) for name, function in _functions()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FUNCTION} == {}
    assert len(lines) > 4000


def test_no_function_is_nested_deeper_than_the_budget() -> None:
    assert {name for name, function in _functions() if _depth(function) > DEEPEST} == STILL_DEEPER


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("def f(): pass", 0),
        ("def f():\n if a:\n  pass\n elif b:\n  pass\n else:\n  pass", 1),
        ("def f():\n if a:\n  pass\n else:\n  for b in c:\n   pass", 2),
        ("def f():\n with a:\n  try:\n   pass\n  except B:\n   while c:\n    pass", 3),
        ("def f():\n if a:\n  def g():\n   if b:\n    pass", 1),
    ],
)
def test_branches_of_one_block_are_one_level(text: str, depth: int) -> None:
    assert _depth(ast.parse(text).body[0]) == depth


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
