"""Rules of style sheets and scripts: colours only in the tokens, contrast calculated, small modules, no inline code."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "src" / "soyol" / "ui"
STYLES = UI / "static" / "ui"
TEMPLATES = [path for app in ("ui", "portal", "workspace") for path in (UI.parent / app / "templates").rglob("*.html")]
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(")


def test_only_the_tokens_name_colours_by_number() -> None:
    sheets = [path for path in STYLES.rglob("*.css") if path.name != "tokens.css"]
    assert len(sheets) > 15
    assert {path.name: COLOUR.findall(path.read_text()) for path in sheets if COLOUR.search(path.read_text())} == {}


def test_layout_uses_logical_properties() -> None:
    physical = re.compile(
        r"^\s*(?:margin|padding|border)-(?:left|right|top|bottom)\b|^\s*(?:left|right|top|bottom):", re.M
    )
    assert {path.name for path in STYLES.rglob("*.css") if physical.search(path.read_text())} == set()


def test_the_entry_sheet_imports_every_component_once() -> None:
    imported = re.findall(r'url\("components/([\w-]+)\.css"\)', (STYLES / "soyol.css").read_text())
    assert imported == sorted(path.stem for path in (STYLES / "components").glob("*.css"))


def test_modules_are_small_and_templates_hold_no_script_and_no_style() -> None:
    assert [path.name for path in STYLES.rglob("*.js") if len(path.read_text().splitlines()) > 100] == []
    inline = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|javascript:")
    assert {str(path) for path in TEMPLATES if inline.search(path.read_text())} == set()


def test_templates_stay_within_their_budget() -> None:
    assert {path.name for path in TEMPLATES if len(path.read_text().splitlines()) > 150} == set()


def _tokens(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", part))


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


SHEET = (STYLES / "tokens.css").read_text()
LIGHT = _tokens(SHEET.split("@media")[0])
DARK = LIGHT | _tokens(SHEET.split("prefers-color-scheme: dark")[1].split("@media")[0])


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
def test_text_and_marks_stand_out_from_every_ground(tokens: dict[str, str], ground: str) -> None:
    texts = {
        name: _contrast(tokens[name], tokens[ground]) for name in ("ink", "muted", "accent", "accent-deep", "vermilion")
    }
    marks = {
        name: _contrast(tokens[name], tokens[ground]) for name in ("pine", "ochre", "plum", "steppe", "line-strong")
    }
    assert {name: ratio for name, ratio in texts.items() if ratio < 4.5} == {}
    assert {name: ratio for name, ratio in marks.items() if ratio < 3} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_every_tinted_ground(tokens: dict[str, str]) -> None:
    soft = [name for name in tokens if name.endswith("-soft")]
    assert len(soft) == 6
    assert {name for name in soft if _contrast(tokens["ink"], tokens[name]) < 4.5} == set()
    assert _contrast(tokens["on-accent"], tokens["accent"]) >= 4.5
