"""Every table is one of people, or this list says why not; and every place that reads past the scope is on a list."""

import ast
from pathlib import Path

from django.apps import apps

from soyol.fields import reach

SRC = Path(__file__).resolve().parents[2] / "src"
FIGURES = "figures and settings, no word of anybody"
WORDS = "what things are called, for everybody"
ASKED_FIRST = "asked before anybody is let in: who somebody is, and what they may"
#: Tables that are not guarded → why they need not be.
OF_NOBODY = {
    "accounts.User": ASKED_FIRST,
    "accounts.Grant": ASKED_FIRST,
    "accounts.Invitation": ASKED_FIRST,
    "accounts.EntryLink": ASKED_FIRST,
    "accounts.Recovery": ASKED_FIRST,
    "bodies.Body": "public bodies",
    "bodies.FormerName": "public bodies",
    "certificates.Series": FIGURES,
    "files.StoredFile": "bytes are sealed, and read by a key that another row holds",
    "jobs.Job": "what an account asked for; whom it is about is named by number",
    "letters.Letter": "the words of a letter and whom it is for, as a filter; who got it is guarded",
    "places.Unit": WORDS,
    "places.FormerUnitName": WORDS,
    "places.Boundary": WORDS,
    "registry.Actor": "numbers and states, nothing that is said of anybody",
    "registry.Change": "which numbers became one, nothing that is said of anybody",
    "registry.ConsentText": WORDS,
    "registry.FacetCell": FIGURES,
    "registry.Filling": FIGURES,
    "registry.Fullness": FIGURES,
    "registry.LeftBoth": "that two values were left, none of them",
    "registry.Lesson": FIGURES,
    "registry.LinkageRun": FIGURES,
    "registry.NumberSeries": FIGURES,
    "registry.Sample": FIGURES,
    "registry.SavedFilter": "what an account looks for often",
    "registry.SearchDeletion": "words without who bears them",
    "registry.SearchForm": "words without who bears them",
    "registry.SearchToken": "words without who bears them",
    "registry.TrustRule": FIGURES,
    "sources.Batch": "files by name, and how many rows they have",
    "sources.ErasedRow": "keyed hashes",
    "sources.Source": "lists, not what stands in them",
    "surveys.FormVersion": "questions, not answers",
    "surveys.Survey": "questions, not answers",
    "vocab.Crosswalk": WORDS,
    "vocab.Scheme": WORDS,
    "vocab.Term": WORDS,
}
#: Module → how often it reads past the scope. Why stands beside each; nobody adds one without looking at this list.
PAST_THE_SCOPE = {
    "accounts/actions/granting.py": 1,
    "certificates/queries/finding.py": 3,
    "claims/actions/claiming.py": 1,
    "claims/actions/codes.py": 3,
    "claims/actions/enrolling.py": 1,
    "claims/actions/holding.py": 1,
    "claims/actions/stating.py": 1,
    "claims/queries/waiting.py": 2,
    "rights/actions/accounts.py": 1,
    "rights/actions/enrolments.py": 1,
    "letters/queries/asking.py": 2,
    "letters/queries/finding.py": 1,
    "portal/registry/photos.py": 1,
    "profiles/queries/spoken.py": 2,
    "registry/queries/opened.py": 1,
    "registry/queries/overviews.py": 2,
    "registry/queries/pages.py": 1,
    "registry/queries/quality.py": 1,
    "registry/queries/searching.py": 1,
    "surveys/actions/drafts.py": 1,
    "surveys/actions/syncing.py": 1,
    "surveys/queries/lists.py": 2,
    "workspace/registry/desk.py": 2,
}


def test_every_table_of_ours_is_guarded_or_says_why_not() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("soyol.")]
    guarded = {model._meta.label for model in ours if model._meta.db_table in reach.tables()}
    assert guarded >= {"registry.Statement", "sources.SourceRecord", "claims.Claim", "rights.Request"}
    assert {model._meta.label for model in ours} - guarded == set(OF_NOBODY)
    assert len(guarded) == len(reach.tables())


def test_what_reads_past_the_scope_stands_on_a_list() -> None:
    found: dict[str, int] = {}
    for path in sorted((SRC / "soyol").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in {"opened", "unlock"} and getattr(node.func.value, "id", "") == "reach":
                name = path.relative_to(SRC / "soyol").as_posix()
                found[name] = found.get(name, 0) + 1
                assert len(str(ast.literal_eval(node.args[0]))) > 20, f"{name} says why in words"
    assert found == PAST_THE_SCOPE
