"""Components as templates draw them, and the gallery that shows them all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.forms import CharField, Form
from django.template import Context, Template
from django.test import Client, RequestFactory

from soyol.accounts.models import User
from soyol.ui.templatetags import soyol_ui

UI = Path(__file__).resolve().parents[3] / "src" / "soyol" / "ui"


def drawn(source: str, **context: object) -> str:
    """What a template says, spaces pressed together."""
    loads = "{% load i18n soyol_ui soyol_formats %}"
    return " ".join(Template(loads + source).render(Context(context)).split())


def test_unknown_zero_and_no_never_look_alike() -> None:
    shown = {drawn("{% value content %}", content=content) for content in (None, 0, False, 7)}
    assert len(shown) == 4
    assert 'class="unknown"' in drawn("{% value content %}", content=None)
    assert 'class="zero"' in drawn("{% value content %}", content=0)
    assert "class" not in drawn("{% value content %}", content=False)


def test_a_button_is_a_link_when_it_leads_somewhere() -> None:
    assert drawn('{% button "Go" href="/x/" %}') == '<a class="button" href="/x/">Go</a>'
    assert drawn('{% button "Go" kind="primary" %}') == '<button class="button button--primary">Go</button>'


def test_a_label_is_escaped() -> None:
    assert "<b>" not in drawn("{% button label %}", label="<b>bold</b>")
    assert "<b>" not in drawn("{% badge label %}", label="<b>bold</b>")


class Wish(Form):
    name = CharField(help_text="As on the sign")


def test_a_wrong_field_is_named_in_the_summary_and_tied_to_its_error() -> None:
    form = Wish(data={})
    shown = drawn("{% form_body form %}", form=form)
    assert 'href="#id_name"' in shown
    assert 'id="id_name_error"' in shown
    assert re.search(r'<input[^>]*aria-describedby="id_name_helptext id_name_error"', shown)


def test_a_table_scrolls_inside_itself_under_its_name() -> None:
    shown = drawn('{% table caption="Lists" %}<tbody></tbody>{% endtable %}')
    assert 'role="region" aria-label="Lists" tabindex="0"' in shown
    assert "<caption>Lists</caption>" in shown


def test_the_pager_keeps_what_was_asked() -> None:
    page = Paginator(range(100), 10).get_page(3)
    request = RequestFactory().get("/", {"q": "бат", "page": "3", "kind": ["person", "group"]})
    shown = drawn("{% pager page %}", page=page, request=request)
    assert 'href="?q=%D0%B1%D0%B0%D1%82&amp;kind=person&amp;kind=group&amp;page=4"' in shown


def test_one_page_needs_no_pager() -> None:
    page = Paginator(range(3), 10).get_page(1)
    assert drawn("{% pager page %}", page=page, request=RequestFactory().get("/")) == ""


def test_the_rail_says_which_step_is_now() -> None:
    shown = drawn("{% rail steps 2 %}", steps=["A", "B", "C"])
    assert re.findall(r"rail__step--(\w+)", shown) == ["done", "now", "next"]
    assert shown.count('aria-current="step"') == 1


def test_the_language_switch_comes_back_to_the_same_address() -> None:
    shown = drawn("{% languages %}", request=RequestFactory().get("/directory/?q=a&page=2"))
    assert "next=%2Fdirectory%2F%3Fq%3Da%26page%3D2" in shown


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client_of: Callable[[User | None], Client], curator: User) -> None:
    page = client_of(curator).get("/gallery/").content.decode()
    assert {path.stem for path in (UI / "static/ui/components").glob("*.css")} - {"entrance"} <= set(
        re.findall(r"[\w-]+", " ".join(re.findall(r'id="([\w-]+)"|<h2>([^<]*)</h2>', page).__repr__().split()))
    )


def test_every_component_has_a_tag_and_every_tag_a_component() -> None:
    templates = {path.stem for path in (UI / "templates/ui/components").glob("*.html")} - {"field_notes"}
    tags = {name for name in soyol_ui.register.tags if name not in {"current", "font_sheet"}}
    assert templates == tags
