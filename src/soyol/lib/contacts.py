"""E-mail and web addresses out of cells."""

import polars as pl

from soyol.lib.letters import swift

#: Domains in lists are short words; the last label has letters only. Stricter than RFC 5322, looser than nothing.
EMAIL = swift(r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}")
BARE = swift(r"^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:/\S*)?$")
WEBSITE = r"(?i)\b(?:https?://|www\.)[^\s,;<>\"»”]+|\b(?:facebook|fb|instagram|youtube)\.com/[^\s,;<>\"»”]+"


class Emails:
    """E-mail addresses: lower case, as lists compare them."""

    def normalise(self, series: pl.Series) -> pl.Series:
        """The first address of each cell, or null."""
        return _tidy(series).str.extract(f"({EMAIL})", 1)

    def find_all(self, series: pl.Series) -> pl.Series:
        """Every distinct address of each cell in order (list of text), or null."""
        return _distinct(_tidy(series).str.extract_all(EMAIL))


class Websites:
    """Web addresses: no scheme, ``www.`` or closing slash, the host in lower case, so that equal ones compare equal."""

    def normalise(self, series: pl.Series) -> pl.Series:
        """The first address of each cell, or null; a bare host counts when it is the whole cell."""
        return self.find_all(series).list.first()

    def find_all(self, series: pl.Series) -> pl.Series:
        """Every distinct address of each cell in order (list of text), or null."""
        text = series.str.strip_chars()
        bare = text.str.contains(BARE)
        whole = ("https://" + text).zip_with(bare.fill_null(value=False), text)
        found = whole.str.extract_all(WEBSITE).to_frame("found")
        tidy = pl.element().str.replace(r"(?i)^(?:https?://)?(?:www\.)?", "").str.strip_chars_end("/.,;)")
        host = pl.element().str.extract(r"^([^/]*)", 1).str.to_lowercase() + pl.element().str.replace(r"^[^/]*", "")
        made = found.select(pl.col("found").list.eval(tidy).list.eval(host)).to_series().alias(series.name)
        return _distinct(made)


def _tidy(series: pl.Series) -> pl.Series:
    return series.str.to_lowercase().str.replace_all(r"\s*@\s*", "@").str.replace_all("(?:mailto:)", "")


def _distinct(lists: pl.Series) -> pl.Series:
    frame = lists.to_frame("found")
    unique = pl.col("found").list.unique(maintain_order=True)
    return frame.select(pl.when(pl.col("found").list.len() > 0).then(unique).alias(lists.name)).to_series()
