"""The components of a page as template tags: one tag, one template, one style sheet, one gallery entry each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from soyol.ui.charts import signed, waterfall

register = template.Library()


def _block(template_name: str, content: str, /, **values: Any) -> SafeString:
    return render_to_string(f"ui/components/{template_name}.html", {"content": content, **values})


# --- Actions and forms ------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str,
    *,
    href: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    disabled: bool = False,
    form: str = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one when ``href`` is given. ``kind``: primary, danger, quiet or nothing."""
    return {
        "label": label, "href": href, "kind": kind, "name": name, "value": value, "disabled": disabled, "form": form,
    }  # fmt: skip


def field_shape(bound: BoundField) -> str:
    """Which of the three shapes a form field takes: one tick, a group of choices, or a line."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "line"


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field with its label, help and error."""
    return {"field": bound, "shape": field_shape(bound)}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm, title: str = "", links: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """What is wrong with a form, above it; each line leads to its field.

    ``links``: what else holds it up, as pairs of an address on the page and words; ``title`` says so.
    """
    return {"form": form, "title": title, "links": links}


@register.inclusion_tag("ui/components/form_body.html")
def form_body(form: BaseForm) -> dict[str, Any]:
    """Error summary and every field of a form; the caller writes ``<form>``, the token and the buttons."""
    return {"form": form}


# --- Lists ------------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def table(content: str, *, caption: str, hide_caption: bool = False, stacked: bool = False) -> SafeString:
    """A table that scrolls inside itself and holds its first column. The block holds ``<thead>`` and ``<tbody>``.

    ``stacked``: on a phone each row becomes a block; its ``<td data-label>`` say what their headings say.
    """
    return _block("table", content, caption=caption, hide_caption=hide_caption, stacked=stacked)


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Links to the page before and after, keeping every other parameter of the address."""
    request: HttpRequest = context["request"]
    kept = [(key, value) for key, values in request.GET.lists() if key != parameter for value in values]

    def address(n: int) -> str:
        return "?" + urlencode([*kept, (parameter, n)])

    return {
        "page": page,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/facets.html")
def facets(groups: Sequence[Any], *, target: str = "") -> dict[str, Any]:
    """Narrowing links with counts. A group has ``title`` and ``choices``; a choice ``label, count, href, applied``."""
    return {"groups": groups, "target": target}


@register.inclusion_tag("ui/components/applied.html")
def applied(groups: Sequence[Any], *, clear: str = "", target: str = "") -> dict[str, Any]:
    """The narrowings in force, each with a way to take it off."""
    chosen = [choice for group in groups for choice in group.choices if choice.applied]
    return {"chosen": chosen, "clear": clear, "target": target}


@register.inclusion_tag("ui/components/trail.html")
def trail(*steps: str) -> dict[str, Any]:
    """Where this page stands: pairs of address and words, from the top down (``"/desk/" "Desk" …``)."""
    return {"steps": list(zip(steps[::2], steps[1::2], strict=True))}


@register.simple_block_tag
def empty(content: str, *, title: str) -> SafeString:
    """What would stand here; the block says why it does not and the one thing to do next."""
    return _block("empty", content, title=title)


# --- Facts ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/badge.html")
def badge(label: str, tone: str = "", glyph: str = "●") -> dict[str, Any]:
    """A state as a word with a glyph. ``tone``: pine, ochre, vermilion, plum, blue or nothing."""
    return {"label": label, "tone": tone, "glyph": glyph}


@register.inclusion_tag("ui/components/value.html")
def value(content: Any) -> dict[str, Any]:
    """A value in which unknown is hatched, zero an outlined mark and "no" a word; anything else stands as it is."""
    is_zero = not isinstance(content, bool) and isinstance(content, int | float) and content == 0
    return {"content": content, "unknown": content is None or content == "", "zero": is_zero, "no": content is False}


@register.simple_block_tag
def fact(content: str, *, name: str) -> SafeString:
    """One line of a fact list: name and value. Stands inside ``<dl class="facts">``."""
    return _block("fact", content, name=name)


@register.inclusion_tag("ui/components/source_mark.html")
def source_mark(n: int, href: str, title: str = "") -> dict[str, Any]:
    """A small mark behind a fact that opens its source; ``title`` names the source for those who cannot see it."""
    return {"n": n, "href": href, "title": title}


@register.inclusion_tag("ui/components/statement.html")
def statement(said: Any) -> dict[str, Any]:
    """One statement: ``field, value, source, href, observed_on, shown`` and, if withdrawn, ``withdrawn``."""
    return {"said": said}


@register.inclusion_tag("ui/components/stat.html")
def stat(figure: Any, label: str, *, href: str = "") -> dict[str, Any]:
    """One figure with what is counted; ``href`` opens the records behind it. Stands inside ``<dl class="stats">``."""
    return {"figure": figure, "label": label, "href": href}


@register.inclusion_tag("ui/components/portrait.html")
def portrait(src: str, alt: str, *, credit: str = "", width: int = 0, height: int = 0) -> dict[str, Any]:
    """A photograph with what it shows and who took it; ``width`` and ``height`` in pixels keep its place free."""
    return {"src": src, "alt": alt, "credit": credit, "width": width, "height": height}


@register.inclusion_tag("ui/components/own_words.html")
def own_words(told: Any) -> dict[str, Any]:
    """What somebody says of themselves: ``lines`` and ``columns`` of texts (tongue, paragraphs), ``links`` (label,
    address), ``contacts`` (way, text).
    """
    return {"told": told}


@register.inclusion_tag("ui/components/beside.html")
def beside(told: Any) -> dict[str, Any]:
    """Two or more entries side by side: ``heads`` and ``lines``.

    A head has ``sign, name, number, href, about, rows, more_rows, is_public``; a line ``name, same, cells``, with a
    list of values for each head; a value has ``pieces`` (text, lit) and ``sources``.
    """
    signs = [head.sign for head in told.heads]
    lines = [(line, list(zip(signs, line.cells, strict=True))) for line in told.lines]
    return {"heads": told.heads, "lines": lines, "columns": len(signs)}


@register.inclusion_tag("ui/components/weights.html")
def weights(steps: Sequence[tuple[str, float]], sure: float | None = None) -> dict[str, Any]:
    """A waterfall of what spoke for and against; ``steps`` are words and weights in bits, ``sure`` the probability."""
    return {"steps": waterfall(steps), "total": signed(sum(weight for _words, weight in steps)), "sure": sure}


# --- Figures and progress ---------------------------------------------------------------------------------------------


@register.simple_block_tag
def figure(content: str, *, title: str, svg: str, note: str = "", key: Sequence[tuple[str, str]] = ()) -> SafeString:
    """A map or chart drawn on the server, its key and note, and its table (the block) folded under it."""
    return _block("figure", content, title=title, svg=svg, note=note, key=key)


@register.inclusion_tag("ui/components/map_key.html")
def map_key(shades: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What the shades of a map mean: pairs of a class of ``soyol.lib.maps`` and words."""
    return {"shades": list(shades)}


@register.inclusion_tag("ui/components/rail.html")
def rail(steps: Sequence[str], now: int, *, ended: bool = False) -> dict[str, Any]:
    """The steps of a task on one rail; ``now`` counts from 1. ``ended``: it was given up there, and none is next."""
    return {
        "steps": [
            {"label": label, "state": "done" if n < now else "now" if n == now and not ended else "next"}
            for n, label in enumerate(steps, start=1)
        ],
    }


@register.inclusion_tag("ui/components/progress.html")
def progress(done: int, total: int, note: str = "") -> dict[str, Any]:
    """How far a long piece of work has come; ``total`` 0 means that nobody knows yet."""
    return {"done": done, "total": total, "note": note}


@register.simple_block_tag
def notice(content: str, *, kind: str = "", title: str = "") -> SafeString:
    """A message that stands on the page. ``kind``: good, care, bad or nothing."""
    return _block("notice", content, kind=kind, title=title)


# --- The frame --------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/languages.html", takes_context=True)
def languages(context: template.Context) -> dict[str, Any]:
    """The language switch: a link for each other language that comes back to this very page."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    now = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return {
        "links": [
            {"code": code, "name": name, "href": f"{_address('portal:language', code)}?{urlencode({'next': here})}"}
            for code, name in settings.LANGUAGES
            if code != now
        ],
    }


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/"


@register.simple_tag
def font_sheet() -> str:
    """Name of the style sheet with fonts of our own choice; empty where the set-up could not install them."""
    return "fonts/fonts.css" if getattr(settings, "SOYOL_FONTS", False) else ""


@register.simple_tag(takes_context=True)
def current(context: template.Context, *names: str) -> SafeString:
    """``aria-current="page"`` when the page belongs to one of the named views or namespaces."""
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    here: Mapping[str, bool] = {match.view_name: True, match.namespace: True} if match else {}
    return SafeString(' aria-current="page"' if any(name in here for name in names) else "")
