"""Narrowing links: an applied one comes off, the others keep what was asked, the page number never stays."""

from dataclasses import dataclass

from django.http import QueryDict

from soyol.ui.facets import Asked, groups


@dataclass(frozen=True)
class Count:
    code: str
    count: int


ASKED = Asked(QueryDict("q=бат&kind=person&page=4"))
COUNTS = {"kind": [Count("person", 3), Count("group", 0)], "area": [Count("film", 2), Count("stage", 1)]}


def test_links_add_and_take_off() -> None:
    made = groups(ASKED, COUNTS, titles={"kind": "Kind", "area": "Area"}, labels={"area": {"film": "Film"}})
    told = {group.title: [(c.label, c.count, c.applied, c.href) for c in group.choices] for group in made}
    word = "%D0%B1%D0%B0%D1%82"
    assert told == {
        "Kind": [("person", 3, True, f"?q={word}")],
        "Area": [
            ("Film", 2, False, f"?q={word}&kind=person&area=film"),
            ("stage", 1, False, f"?q={word}&kind=person&area=stage"),
        ],
    }
