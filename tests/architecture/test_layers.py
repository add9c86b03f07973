"""What the import linter cannot see: relations between models, and pages inside domain apps."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOYOL = ROOT / "src" / "soyol"
#: Apps whose business is the page; everything else knows no request. ``accounts`` has its sign-in pages.
FACES = {"portal", "workspace", "ui"}
SIGN_IN = {
    "context.py",
    "doors.py",
    "entry_urls.py",
    "forms.py",
    "here.py",
    "keeping.py",
    "middleware.py",
    "sign_in.py",
    "sign_up.py",
    "urls.py",
    "views.py",
}
PAGES = ("django.http", "django.shortcuts", "django.urls", "django.forms", "django.template", "django.contrib.messages")


def _height() -> dict[str, int]:
    """Each app and its layer, counted from the bottom, as ``pyproject.toml`` declares them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = told["tool"]["importlinter"]["contracts"][0]["layers"]
    return {name.strip(): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def test_relations_point_down_the_layers() -> None:
    height = _height()
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("soyol."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type) or not issubclass(target, models.Model):
                continue
            if not target.__module__.startswith("soyol.") or target._meta.app_label == model._meta.app_label:
                continue
            if height[target._meta.app_label] >= height[model._meta.app_label]:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert upward == []


def _modules_of_domain_apps() -> list[Path]:
    found = [path for path in SOYOL.rglob("*.py") if path.relative_to(SOYOL).parts[0] not in FACES]
    return [path for path in found if "migrations" not in path.parts and "commands" not in path.parts]


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def test_domain_apps_know_no_page() -> None:
    #: A field says how a form shows it; that is Django's own contract for model fields.
    allowed = {("fields/languages.py", "django.forms")}
    wrong = set()
    for path in _modules_of_domain_apps():
        inside = path.relative_to(SOYOL)
        if inside.parts[0] == "accounts" and inside.name in SIGN_IN:
            continue
        for name in _imports(path):
            if name.startswith(PAGES):
                page = next(page for page in PAGES if name.startswith(page))
                wrong.add((inside.as_posix(), page))
    assert wrong - allowed == set()


@pytest.mark.parametrize(
    "app", sorted({"audit", "bodies", "files", "jobs", "notices", "places", "registry", "sources", "vocab"})
)
def test_domain_apps_send_no_signals(app: str) -> None:
    wrong = [
        path.relative_to(SOYOL).as_posix()
        for path in (SOYOL / app).rglob("*.py")
        if any(name.startswith(("django.dispatch", "django.db.models.signals")) for name in _imports(path))
    ]
    assert wrong == []
