"""The report page: one HTML file in both languages, switched without script, with no address outside itself."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from soyol.intake.problems import Problem
from soyol.lib.words import languages, say

from ..outcome import SourceOutcome
from .charts import bars, number
from .figures import MANY_ROWS, Figures

LANGUAGES = languages()
Say = Callable[..., str]


def page(figures: Figures, *, lang: str, version: str) -> str:
    """Return the whole page; ``lang`` is the language that it opens in, the other one is a click away."""
    style = files("soyol.combine.report").joinpath("style.css").read_text(encoding="utf-8")
    choices = "".join(
        f'<input type="radio" name="language" id="to-{code}"{" checked" if code == lang else ""}>' for code in LANGUAGES
    )
    labels = "".join(
        f'<label for="to-{code}" lang="{code}">{say("combine.report.language", {}, code)}</label>' for code in LANGUAGES
    )
    sheets = "".join(_sheet(figures, code, version) for code in LANGUAGES)
    title = say("combine.report.title", {}, lang)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{choices}\n"
        f'<div class="sheet">\n<header><div class="languages">{labels}</div></header>\n{sheets}\n</div>\n'
        "</body>\n</html>\n"
    )


def _sheet(figures: Figures, lang: str, version: str) -> str:
    def word(code: str, **params: object) -> str:
        return escape(say(f"combine.report.{code}", params, lang))

    parts = [
        f"<h1>{word('title')}</h1><p>{word('lead')}</p>",
        _left_out(figures, word),
        _counts(figures, word),
        _sources(figures, word),
        _columns(figures, word, lang),
        _kinds(figures, word),
        _sizes(figures, word),
        _shared(figures, word),
        _filled(figures, word, lang),
        _decisions(figures, word),
        _largest(figures, word),
        _first_pairs(figures, word, lang),
        _problems(figures, word, lang),
    ]
    body = "\n".join(part for part in parts if part)
    foot = f"<footer><p>{word('private')} {word('made_by', version=version)}</p></footer>"
    return f'<main lang="{lang}" data-language="{lang}">\n{body}\n{foot}\n</main>'


def _table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    figures: frozenset[int],
    stacked: bool = True,
) -> str:
    """Cells come escaped; ``figures`` are the columns that are set flush right.

    ``stacked``: on a phone each row becomes a block, and every cell says what its heading says.
    """

    def row(cells: Sequence[str], tag: str, labels: Sequence[str]) -> str:
        marks = [
            (' class="figure"' if at in figures else "") + (f' data-label="{label}"' if label else "")
            for at, label in enumerate(labels)
        ]
        return "<tr>" + "".join(f"<{tag}{m}>{c}</{tag}>" for m, c in zip(marks, cells, strict=True)) + "</tr>"

    bare = [""] * len(head)
    body = "".join(row(cells, "td", head if stacked else bare) for cells in rows)
    lead = f'<p class="muted">{caption}</p>' if caption else ""
    kind = "scroll stacked" if stacked else "scroll"
    return (
        f'{lead}<div class="{kind}" tabindex="0"><table>'
        f"<thead>{row(head, 'th', bare)}</thead><tbody>{body}</tbody></table></div>"
    )


def _figure(title: str, note: str, values: Sequence[tuple[str, float, str]]) -> str:
    return f"<h2>{title}</h2><figure>{bars(title, values)}<figcaption>{note}</figcaption></figure>"


def _left_out(figures: Figures, word: Say) -> str:
    count, rows = (sum(getattr(each, name) for each in figures.sources) for name in ("left_out", "rows"))
    return f'<p class="refused">{word("left_out", n=number(count), rows=number(rows))}</p>' if count else ""


def _counts(figures: Figures, word: Say) -> str:
    read = [each for each in figures.sources if each.refused is None]
    counts = (
        ("files", len(read)), ("rows", figures.records), ("entities", figures.entities),
        ("joined", figures.records - figures.entities), ("to_ask", figures.review_pairs),
    )  # fmt: skip
    cells = "".join(f"<div><dt>{word(code)}</dt><dd>{number(count)}</dd></div>" for code, count in counts)
    return f'<dl class="counts">{cells}</dl>'


def _sources(figures: Figures, word: Say) -> str:
    rows = [
        (
            escape(each.source),
            escape(each.file_name) if each.refused is None else f'<span class="refused">{word("refused")}</span>',
            number(each.rows),
            number(each.totals),
            number(each.problems),
        )
        for each in figures.sources
    ]
    head = [word(code) for code in ("source", "file", "rows", "totals", "troubles")]
    return f"<h2>{word('sources')}</h2>" + _table(word("sources_note"), head, rows, figures=frozenset({2, 3, 4}))


def _columns(figures: Figures, word: Say, lang: str) -> str:
    parts = [_columns_of(each, word, lang) for each in figures.sources if each.refused is None]
    return f'<h2>{word("columns")}</h2><p class="muted">{word("columns_note")}</p>{"".join(parts)}'


def _columns_of(source: SourceOutcome, word: Say, lang: str) -> str:
    columns = [(str(sheet["name"]), column) for sheet in source.sheets for column in sheet["columns"]]
    used = sum(1 for _, column in columns if column["field"])
    rows = [
        (
            escape(sheet),
            escape(str(column["heading"])),
            escape(_field(column["field"], lang))
            if column["field"]
            else f'<span class="muted">{word("kept_only")}</span>',
            f"{100 * column['confidence']:.0f} %" if column["field"] else "",
        )
        for sheet, column in columns
    ]
    head = [word(code) for code in ("sheet", "column", "taken_as", "sureness")]
    said = word("columns_used", source=source.source, used=used, all=len(columns))
    return f"<details><summary>{said}</summary>{_table('', head, rows, figures=frozenset({3}))}</details>"


def _field(code: str, lang: str) -> str:
    return say(f"intake.field.{code}", {}, lang)


def _kinds(figures: Figures, word: Say) -> str:
    values = [
        (word(f"kind_{kind}"), float(entities), word("kind_shown", entities=number(entities), records=number(records)))
        for kind, records, entities in figures.kinds
    ]
    return _figure(word("kinds"), word("kinds_note"), values)


def _sizes(figures: Figures, word: Say) -> str:
    values = [
        (word("in_rows_or_more" if size == MANY_ROWS else "in_rows", n=size), float(count), number(count))
        for size, count in figures.sizes
    ]
    return _figure(word("sizes"), word("sizes_note"), values)


def _shared(figures: Figures, word: Say) -> str:
    names = [each.source for each in figures.sources if each.refused is None]
    if not 1 < len(names) <= 20:
        return ""
    rows = [
        (escape(a), *(number(figures.shared.get((a, b), 0)) for b in names))
        for a in names
    ]  # fmt: skip
    head = ["", *(escape(name) for name in names)]
    return f"<h2>{word('shared')}</h2>" + _table(
        word("shared_note"), head, rows, figures=frozenset(range(1, len(names) + 1)), stacked=False
    )


def _filled(figures: Figures, word: Say, lang: str) -> str:
    values = [(say(f"combine.field.{code}", {}, lang), share, f"{100 * share:.0f} %") for code, share in figures.filled]
    return _figure(word("filled"), word("filled_note"), values)


def _decisions(figures: Figures, word: Say) -> str:
    bounds = " ".join(
        word("bounds", kind=word(f"bounds_{kind}"), merge=f"{100 * at['merge']:.1f}", ask=f"{100 * at['ask']:.1f}")
        for kind, at in figures.thresholds.items()
        if {"merge", "ask"} <= set(at)
    )
    values = [
        (f"{100 * edge:.0f}–{100 * edge + 10:.0f} %", float(count), number(count))
        for edge, count in figures.probabilities
    ]
    said = word("decisions_note", merged=number(figures.merged_pairs), review=number(figures.review_pairs))
    return _figure(word("decisions"), f"{said} {bounds}", values)


def _largest(figures: Figures, word: Say) -> str:
    rows = [
        (str(each["entity_id"]), escape(each["name"] or ""), number(each["row_count"]), escape(each["rows"]))
        for each in figures.largest
    ]
    head = [word(code) for code in ("number", "name", "rows", "where")]
    return f"<h2>{word('largest')}</h2>" + _table(word("largest_note"), head, rows, figures=frozenset({2}))


def _first_pairs(figures: Figures, word: Say, lang: str) -> str:
    rows = [_pair(pair, lang) for pair in figures.first_pairs]
    head = [word(code) for code in ("first", "second", "likely", "why")]
    return f"<h2>{word('pairs')}</h2>" + _table(word("pairs_note"), head, rows, figures=frozenset({2}))


def _pair(pair: Any, lang: str) -> tuple[str, str, str, str]:
    def side(letter: str) -> str:
        where = f"{escape(pair[f'source_{letter}'])}:{pair[f'row_{letter}']}"
        return f'{escape(pair[f"name_{letter}"] or "")}<br><span class="muted">{where}</span>'

    return side("a"), side("b"), f"{100 * pair['probability']:.0f} %", escape(pair[f"reasons_{lang}"])


def _problems(figures: Figures, word: Say, lang: str) -> str:
    if not figures.problems:
        return f"<h2>{word('problems')}</h2><p>{word('no_problems')}</p>"
    rows = [(escape(Problem(code, params).say(lang)), number(count)) for code, params, count in figures.problems]
    head = [word("problem"), word("rows")]
    return f"<h2>{word('problems')}</h2>" + _table(word("problems_note"), head, rows, figures=frozenset({1}))
