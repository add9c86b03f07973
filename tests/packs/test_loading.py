"""What every pack promises, asked of all of them; a new pack passes these or is none."""

import re

import polars as pl
import pytest

from soyol.lib.words import say
from soyol.linkage import schema
from soyol.packs import PackError, codes, load, loading

ALL = codes()
FIELDS = set(schema.RECORD_COLUMNS) - set(schema.ORIGIN)
EMPTY = pl.Series(["", None, "?"], dtype=pl.String)


@pytest.fixture(params=ALL)
def pack(request):
    return load(request.param)


def test_there_are_three_packs_and_an_unknown_one_names_them():
    assert ALL == ("ee", "mn", "neutral")
    with pytest.raises(PackError, match="ee, mn, neutral"):
        load("xx")
    assert load("mn") is load("mn")


def test_units_form_one_tree_from_the_country_down(pack):
    units = pack.units
    assert units.country.level == 0
    assert len(units.by_code) == len(units.all)
    for unit in units.all[1:]:
        assert units.by_code[unit.parent].level == unit.level - 1
        assert units.ancestors(unit.code)[-1] == units.country
    assert {unit.level for unit in units.all} <= {level.number for level in pack.levels}


def test_every_unit_is_found_by_its_own_code(pack):
    told = [unit.code for unit in pack.units.all[1:]]
    assert pack.units.match(pl.Series(told, dtype=pl.String)).to_list() == told


def test_units_have_outlines_where_the_pack_has_any(pack):
    drawn = {feature["properties"]["code"] for feature in pack.boundaries()["features"]}
    assert drawn in (set(), {unit.code for unit in pack.units.at_level(1)})


def test_headings_are_those_of_record_fields(pack):
    assert set(pack.headings) <= FIELDS
    assert {"name", "given_name", "surname", "org_name", "phones", "emails", "unit", "birth_date"} <= set(pack.headings)
    assert "life_dates" in pack.combined_headings


def test_no_heading_means_two_fields(pack):
    seen = {}
    for field, words in [*pack.headings.items(), *pack.combined_headings.items()]:
        for word in words:
            assert seen.setdefault(word.strip().lower(), field) == field, word


def test_terms_have_names_in_both_interface_languages(pack):
    for term in (*pack.vocab.domains, *pack.vocab.areas, *pack.vocab.steps, *pack.vocab.occupations):
        assert set(term.names) >= {"mn", "en"}, term.code
    for form in pack.organisation_forms:
        assert set(form.names) >= {"mn", "en"}, form.code


def test_occupations_belong_to_domains_and_domains_to_areas(pack):
    vocab = pack.vocab
    domains, steps = {term.code for term in vocab.domains}, {term.code for term in vocab.steps}
    areas = {term.code for term in vocab.areas}
    assert len(vocab.occupations) >= 80
    assert {term.domain for term in vocab.occupations} <= domains
    assert {term.step for term in vocab.occupations} <= steps
    assert {area for found in vocab.crosswalk.values() for area in found} == areas


def test_every_synonym_leads_to_its_own_occupation_or_to_one_that_claims_it_too(pack):
    words = [(word, term.code) for term in pack.vocab.occupations for word in term.synonyms]
    found = pack.vocab.match_occupation(pl.Series([word for word, _ in words], dtype=pl.String))
    missed = [word for (word, code), codes_ in zip(words, found, strict=True) if codes_ is None]
    assert missed == []
    wrong = [word for (word, code), codes_ in zip(words, found, strict=True) if code not in codes_]
    assert len(wrong) <= 0.02 * len(words)


def test_nothing_is_made_of_nothing(pack):
    assert pack.phones.find_all(EMPTY).to_list() == [None] * 3
    assert pack.emails.find_all(EMPTY).to_list() == [None] * 3
    assert pack.websites.find_all(EMPTY).to_list() == [None] * 3
    assert pack.dates.parse(EMPTY).to_list() == [None] * 3
    assert pack.units.match(EMPTY).to_list() == [None] * 3
    assert pack.vocab.match_occupation(EMPTY).to_list() == [None] * 3
    for rule in pack.identifiers.values():
        assert rule.normalise(EMPTY)["status"].to_list()[:2] == ["missing", "missing"]
    assert pack.person_names.parse(EMPTY.head(2)).null_count().row(0) == (2,) * 5
    assert pack.organisation_names.parse(EMPTY.head(2)).null_count().row(0) == (2,) * 4


def test_columns_come_back_as_long_as_they_were_and_unchanged(pack):
    cells = ["Ünit 5", "99112233", "1985", "a@b.ee", None, "X OÜ", "Д.Бат", "Smith, J."] * 300
    given = pl.Series("cells", cells, dtype=pl.String)
    for work in (
        pack.scripts.fold, pack.scripts.latin_key, pack.scripts.sound_key, pack.scripts.sort_key, pack.scripts.repair,
        pack.phones.find_all, pack.phones.normalise, pack.dates.parse, pack.units.match, pack.vocab.match_domain,
        pack.person_names.parse, pack.organisation_names.parse, pack.dates.parse_life,
        pack.identifiers["person"].normalise, pack.identifiers["company"].birth_date, pack.websites.find_all,
    ):  # fmt: skip
        assert len(work(given)) == len(given)
    assert given.to_list() == cells


def test_masked_numbers_show_little(pack):
    masked = pack.identifiers["person"].mask_one("УБ85041233")
    assert len(masked) == 10
    assert masked.count("•") >= 6


def test_reserved_numbers_are_possible_numbers_and_say_why(pack):
    for rule in pack.identifiers.values():
        assert len(rule.sample_why) > 20
        assert not rule.sample_reserved("XX")


def test_forms_and_levels_say_their_names(pack):
    for level in pack.levels:
        assert level.names["en"]
    assert pack.sign("surname", "en")
    assert say("packs.form.llc", lang="en") == pack.organisation_names.by_code["llc"].names["en"]


def test_patterns_name_only_parts_that_exist(pack):
    for shape in pack.person_names.shapes:
        assert "%" not in shape.pattern
        groups = set(re.findall(r"\(\?<(\w+)>", shape.pattern))
        assert groups <= {"surname", "given_name", "clan_name"}


def test_answers_tell_yes_from_no(pack):
    finder = pack.answer_finder("yes", "no")
    assert finder.find_whole(pl.Series(["Yes", "NO", "perhaps", None])).to_list() == ["yes", "no", None, None]


def test_every_pack_says_of_the_same_things_how_long_they_are_kept(pack):
    assert pack.keeping.keys() == load("neutral").keeping.keys()
    assert {period.unit for period in pack.keeping.values()} <= {"D", "M", "Y"}


def test_a_period_that_cannot_be_read_is_named_with_its_file(monkeypatch):
    monkeypatch.setattr(loading, "_inherited", lambda *_told: {"jobs": {"job": "a year"}})
    with pytest.raises(PackError, match=r"packs/mn/keeping\.toml: 'a year' is not"):
        loading._periods("mn")
