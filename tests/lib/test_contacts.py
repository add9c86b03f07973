"""E-mail and web addresses out of cells."""

import polars as pl

from soyol.lib.contacts import Emails, Websites


def column(*values):
    return pl.Series(list(values), dtype=pl.String)


def test_emails_are_found_in_order_once_in_small_letters():
    found = Emails().find_all(column("A@b.mn, c @ d.com; a@B.mn", "mailto:x.y+z@sub.example.org", "no at", "", None))
    assert found.to_list() == [["a@b.mn", "c@d.com"], ["x.y+z@sub.example.org"], None, None, None]
    assert Emails().normalise(column("to A@b.mn", "a@b")).to_list() == ["a@b.mn", None]


def test_websites_compare_equal_however_they_are_written():
    cells = column("https://WWW.Soyol.mn/", "soyol.mn", "www.soyol.mn, facebook.com/Soyol", "a@b.mn", "none", None)
    assert Websites().find_all(cells).to_list() == [
        ["soyol.mn"],
        ["soyol.mn"],
        ["soyol.mn", "facebook.com/Soyol"],
        None,
        None,
        None,
    ]
    assert Websites().normalise(column("HTTP://x.Org/Path?q=1")).to_list() == ["x.org/Path?q=1"]
