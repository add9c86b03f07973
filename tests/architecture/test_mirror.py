"""A test has the name of what it tests, and what holds rules is tested.

``src/soyol/registry/rules/policy.py`` is tested by ``tests/registry/rules/test_policy.py``; the other roots of the
repository are mirrored in a folder of their name. What does not fit stands here with its reason.
"""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS, SOYOL = ROOT / "tests", ROOT / "src" / "soyol"
#: Folders of tests that mirror another root than ``src/soyol``.
ROOTS = {
    "benchmarks": ROOT / "benchmarks",
    "config": ROOT / "src" / "config",
    "launch": ROOT / "launch",
    "samples": ROOT / "samples",
    "tools": ROOT / "tools",
}
#: Folders that mirror nothing: rules over all code, journeys over all pages, what tests are made of.
APART = {"architecture", "e2e", "factories"}
#: Tests of what several modules do together.
TOGETHER = {
    "accounts/test_reference.py": "the page about access, whose rules stand in several apps",
    "backups/test_processes.py": "backup and restore as real processes",
    "combine/test_sample_lists.py": "the whole pipeline over the invented lists",
    "combine/test_site_agrees.py": "the command line against the site",
    "intake/test_formats.py": "every format and encoding through the door",
    "intake/test_hostile.py": "every class of hostile file through the door",
    "jobs/test_processes.py": "the worker as a real process",
    "letters/test_processes.py": "the sending of a letter to many by real processes that are killed",
    "notices/test_processes.py": "the sending of messages by a real process that is killed",
    "packs/test_mongolian_writing.py": "the tables of one pack in use",
    "registry/actions/test_deciding_at_once.py": "many people at one question at the same moment",
    "registry/queries/test_public.py": "no query of the public face tells a private value",
    "protection/test_processes.py": "letting go as real processes, two at once and with kills",
    "rights/test_processes.py": "erasing as real processes, with a backup and with kills",
    "samples/test_samples.py": "the folder of sample material",
    "sources/test_kill_and_resume.py": "the import as a real process that is killed",
    "ui/test_catalogues.py": "the words of all apps",
    "ui/test_style.py": "style sheets and scripts",
    "portal/opendata/test_reference.py": "the page about open data, whose rules stand in two apps",
    "portal/test_crawl.py": "a visitor asks everything hostile",
    "workspace/test_crawl.py": "those who work at the desk ask everything hostile",
    "workspace/test_forms.py": "every writable door with every name of a field beside its form",
    "workspace/test_guessing.py": "an officer of another province with the names of the first",
    "workspace/test_methods.py": "every address by every method",
    "workspace/test_withdrawn.py": "rights that end during a session, for work and for files",
    "workspace/test_pages.py": "what the pages of the desk do",
    "workspace/test_query_counts.py": "every page with one row and with several",
    "workspace/test_truth_tables.py": "who may open which page of the desk",
}
#: Modules of at least so many lines must be tried; shorter ones are tried by those who use them.
LARGE = 60
#: Pages are tried as pages; these files hold declarations, no rules.
PAGES = {"portal", "ui", "workspace"}
DECLARED = {"__init__", "apps", "choices", "entry_urls", "forms", "models", "schema", "urls", "views"}
#: Inner modules that no test calls by name → the test that goes through them.
TRIED_THROUGH = {
    "accounts/keeping.py": "protection/actions/test_letting_go.py",
    "claims/keeping.py": "protection/actions/test_letting_go.py",
    "intake/archives.py": "intake/test_hostile.py",
    "intake/cage.py": "intake/test_door.py",
    "intake/chunks.py": "intake/test_formats.py",
    "intake/contacts.py": "intake/test_staging.py",
    "intake/duplicates.py": "intake/test_staging.py",
    "intake/layout.py": "intake/test_separated.py",
    "intake/numbers.py": "intake/test_staging.py",
    "intake/signs.py": "intake/test_recognising.py",
    "intake/times.py": "intake/test_staging.py",
    "intake/work.py": "intake/test_staging.py",
    "linkage/compare/texts.py": "linkage/compare/test_organisations.py",
    "linkage/prepare_organisations.py": "linkage/test_prepare.py",
    "linkage/prepare_persons.py": "linkage/test_prepare.py",
    "registry/actions/drawing.py": "registry/actions/test_runs.py",
    "registry/actions/pairs.py": "registry/actions/test_runs.py",
    "registry/actions/work.py": "combine/test_site_agrees.py",
    "registry/keeping.py": "protection/actions/test_letting_go.py",
    "registry/queries/dictionary.py": "registry/queries/test_searching.py",
    "registry/queries/exporting.py": "registry/actions/test_by_hand.py",
    "sources/actions/answers.py": "surveys/actions/test_sending.py",
    "sources/actions/by_hand.py": "registry/actions/test_by_hand.py",
    "sources/actions/work.py": "sources/test_kill_and_resume.py",
    "sources/keeping.py": "protection/actions/test_letting_go.py",
    "sources/queries/staging.py": "sources/actions/test_importing.py",
    "surveys/rules/reach.py": "surveys/rules/test_judging.py",
}


def _tests() -> list[Path]:
    found = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    return sorted(path for path in found if path.parts[0] not in APART)


def _mirrored(test: Path) -> Path:
    """The module that a test is named after, whether it exists or not."""
    name = test.name.removeprefix("test_")
    return _file(test.with_name(name))


def _is_mirror(test: Path) -> bool:
    if test.name == "test_reference.py":  # holds the page of the documentation to the code
        return (ROOT / "docs" / "reference" / f"{test.parent.name}.md").exists()
    module = _mirrored(test)
    return module.exists() or module.with_suffix("").is_dir()


def _file(module: Path) -> Path:
    """Where a module stands, by its name in the tests."""
    root = ROOTS.get(module.parts[0])
    return SOYOL / module if root is None else root / module.relative_to(module.parts[0])


def _with_rules() -> list[Path]:
    found = [path.relative_to(SOYOL) for path in SOYOL.rglob("*.py")]
    found += [path.relative_to(ROOT) for path in (ROOT / "launch").rglob("*.py")]
    return sorted(
        path
        for path in found
        if path.parts[0] not in PAGES
        and not {"migrations", "models", "commands"} & set(path.parts)
        and path.stem not in DECLARED
        and len(_file(path).read_text(encoding="utf-8").splitlines()) >= LARGE
    )


def _public_names(path: Path) -> set[str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in names if not name.startswith("_")} | {path.stem}


@cache
def _called(app: str) -> frozenset[str]:
    """Every name that the tests of an app use."""
    names: set[str] = set()
    for path in (TESTS / app).rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.name for alias in node.names} | {(node.module or "").rpartition(".")[2]}
    return frozenset(names)


def _is_called(module: Path) -> bool:
    own = TESTS / module.parent / f"test_{module.name}"
    return own.exists() or bool(_public_names(_file(module)) & _called(module.parts[0]))


def test_every_test_has_the_name_of_what_it_tests() -> None:
    astray = {test.as_posix() for test in _tests() if not _is_mirror(test)}
    assert astray - set(TOGETHER) == set()


def test_every_large_module_with_rules_is_tried() -> None:
    modules = _with_rules()
    assert {"launch/ground.py", "linkage/link.py"} <= {module.as_posix() for module in modules}
    assert len(modules) > 60
    untried = {module.as_posix() for module in modules if not _is_called(module)}
    assert untried - set(TRIED_THROUGH) == set()


def test_the_exceptions_are_still_true() -> None:
    assert [name for name in TOGETHER if not (TESTS / name).exists()] == []
    assert [name for name in TRIED_THROUGH.values() if not (TESTS / name).exists()] == []
    assert [name for name in TRIED_THROUGH if not (SOYOL / name).exists()] == []
