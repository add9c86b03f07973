"""What the name of a body says, whatever its language: "Соёлын төв" and "Cultural Centre" are the same two concepts."""

import polars as pl

from soyol.lib.letters import swift
from soyol.linkage.protocols import Pack

#: Numerals with an ordinal ending grown on to them ("28-р").
NUMERAL = swift(r"^(\d+)\p{L}{1,4}$")


def meanings(cores: pl.Series, pack: Pack) -> pl.Series:
    """The distinct concepts, numerals and other words of each Latin key, sorted; null where nothing is left.

    Phrases go before words and longer ones before shorter ones. A word that stands for no concept stays as it is.
    """
    phrases, words, noise = _lexicon(pack)
    if not words:
        return pl.Series(cores.name, [None] * len(cores), dtype=pl.String)
    # Two spaces between words, so that neighbouring phrases do not share one.
    text = pl.Series(" " + cores.str.replace_all(" ", "  ") + " ")
    if phrases:
        text = text.str.replace_many(list(phrases), list(phrases.values()), leftmost=True)
    tokens = pl.element().str.replace(NUMERAL, "$1").replace(words)
    kept = text.str.strip_chars().str.split(" ").list.eval(tokens.filter((tokens != "") & ~tokens.is_in(noise)))
    joined = kept.list.unique().list.sort().list.join(" ")
    return joined.set(joined == "", None).rename(cores.name)


def common_words(pack: Pack) -> set[str]:
    """Latin keys of single words that stand for a concept; a place that bears one is not told from the word."""
    return set(_lexicon(pack)[1])


def _lexicon(pack: Pack) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Phrases and words → concept, and noise, all as Latin keys; a concept is marked, so that it is no word."""
    named = pack.organisation_names
    written = [(each, f"={concept}") for concept, all_of in named.concepts.items() for each in all_of]
    if not written:
        return {}, {}, []
    keys = pack.scripts.latin_key(pl.Series([each for each, _ in written])).to_list()
    told = [(key, concept) for key, (_, concept) in zip(keys, written, strict=True) if key]
    longest = sorted((each for each in told if " " in each[0]), key=lambda each: (-each[0].count(" "), each[0]))
    phrases = {f" {key.replace(' ', '  ')} ": f" {concept} " for key, concept in longest}
    words: dict[str, str] = {}
    for key, concept in told:
        if " " not in key:
            words.setdefault(key, concept)
    return phrases, words, noise_words(pack)


def noise_words(pack: Pack) -> list[str]:
    """Latin keys of the words that only say what kind of place or numeral stands beside them."""
    noise = pack.scripts.latin_key(pl.Series(list(pack.organisation_names.noise), dtype=pl.String)).to_list()
    return [word for each in noise if each for word in each.split(" ")]
