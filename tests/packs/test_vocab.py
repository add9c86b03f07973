"""Occupations, domains and areas out of what lists say."""

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("зураач, дизайнер", ["painter", "designer"]), ("Кино найруулагч", ["film_director"]),
        ("уртын дуучин", ["long_song_singer"]),
        ("Хөөмийч/хуурч", ["throat_singer", "morin_khuur_player"]), ("circus performer", ["circus_performer"]),
        ("ЦИРКИЙН ЖҮЖИГЧИН", ["circus_performer"]), ("nairuulagch", ["stage_director"]), ("малчин", None),
    ],
)  # fmt: skip
def test_occupations(mn, texts, text, codes):
    found = mn.vocab.match_occupation(texts(text))[0]
    assert (None if found is None else found.to_list()) == codes


def test_occupations_lead_to_domains_and_areas(mn, texts):
    domains = mn.vocab.domains_of(mn.vocab.match_occupation(texts("зураач, дизайнер", "циркчин", None)))
    assert domains.to_list() == [["C", "F"], ["B"], None]
    assert mn.vocab.areas_of(domains).to_list() == [["design_and_fine_arts"], ["performing_arts"], None]


def test_domains_and_areas_in_words(mn, neutral, texts):
    assert mn.vocab.match_domain(texts("кино урлаг, дизайн"))[0].to_list() == ["E", "F"]
    assert mn.vocab.match_area(texts("Тайзны урлаг"))[0].to_list() == ["performing_arts"]
    assert neutral.vocab.match_domain(texts("Film and video"))[0].to_list() == ["E"]


def test_books_belong_to_no_area_of_the_programme(mn, texts):
    assert mn.vocab.areas_of(mn.vocab.match_domain(texts("ном"))).to_list() == [None]
