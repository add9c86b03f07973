"""The written policy, rule by rule."""

from datetime import date

import pytest

from soyol.registry.rules import Candidate, choose


def named(value: str, *, statement: int, **more: object) -> Candidate:
    return Candidate("name", value, statement, record=statement, source=1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"standing": 2, "trust": 0}, {"standing": 1, "trust": 100}),
        ({"standing": 1, "trust": 0}, {"standing": 0, "trust": 100}),
        ({"listed": True, "trust": 0}, {"listed": False, "trust": 100}),
        ({"trust": 60, "observed_on": date(2000, 1, 1)}, {"trust": 50, "observed_on": date(2020, 1, 1)}),
        ({"observed_on": date(2020, 1, 1)}, {"observed_on": date(2019, 12, 31)}),
        ({"observed_on": date(1950, 1, 1)}, {"observed_on": None}),
    ],
)
def test_the_better_value_is_shown_whatever_the_order(better: dict[str, object], worse: dict[str, object]) -> None:
    winner, loser = named("Bold", statement=2, **better), named("Bat", statement=1, **worse)
    for order in ([winner, loser], [loser, winner]):
        (chosen,) = choose(order)["name"]
        assert (chosen.value, [each.value for each in chosen.others]) == ("Bold", ["Bat"])


def test_more_complete_value_goes_before_an_initial_at_equality() -> None:
    assert choose([named("B. Dorj", statement=1), named("Bat Dorj", statement=2)])["name"][0].value == "Bat Dorj"


def test_smaller_statement_decides_at_full_equality() -> None:
    assert choose([named("Bxy", statement=2), named("Bat", statement=1)])["name"][0].winner.statement == 1


def test_year_agrees_with_a_day_inside_it_and_the_day_is_shown() -> None:
    year = Candidate("birth_date", "1980", 1, 1, 1)
    day = Candidate("birth_date", "1980-02-03", 2, 2, 1)
    (chosen,) = choose([year, day])["birth_date"]
    assert (chosen.value, len(chosen.agreeing), chosen.others) == ("1980-02-03", 2, ())


def test_another_year_is_kept_as_disagreement() -> None:
    (chosen,) = choose([Candidate("birth_date", "1980", 1, 1, 1), Candidate("birth_date", "1981", 2, 2, 1)])[
        "birth_date"
    ]
    assert [each.value for each in chosen.others] == ["1981"]


def test_field_with_many_values_shows_each_once() -> None:
    phones = [Candidate("phones", value, at, at, 1) for at, value in enumerate(("+1", "+2", "+1"), start=1)]
    assert [(each.value, len(each.agreeing)) for each in choose(phones)["phones"]] == [("+1", 2), ("+2", 1)]


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (("yes", date(2017, 1, 1), 60), ("no", date(2026, 1, 1), 50), "no"),
        (("yes", date(2026, 1, 1), 50), ("no", date(2017, 1, 1), 90), "yes"),
        (("yes", date(2026, 1, 1), 90), ("no", None, 10), "no"),
        (("yes", date(2026, 1, 1), 90), ("no", date(2026, 1, 1), 10), "no"),
        (("yes", None, 90), ("no", date(1990, 1, 1), 10), "no"),
    ],
)
def test_of_consents_the_last_word_is_shown_whoever_said_it(
    one: tuple[str, date | None, int], other: tuple[str, date | None, int], shown: str
) -> None:
    told = [
        Candidate("consent", value, at, record=at, source=at, observed_on=day, trust=trust)
        for at, (value, day, trust) in enumerate((one, other), 1)
    ]
    for order in (told, told[::-1]):
        assert choose(order)["consent"][0].value == shown


def test_a_list_that_is_not_believed_for_a_field_comes_after_the_others_whatever_its_trust() -> None:
    trusted = Candidate("birth_date", "1981", 2, 2, 1, trust=90, beaten=True)
    (chosen,) = choose([Candidate("birth_date", "1980", 1, 1, 2, trust=10), trusted])["birth_date"]
    assert (chosen.value, [each.value for each in chosen.others]) == ("1980", ["1981"])


def test_values_of_a_list_that_is_not_believed_are_kept_but_not_shown_beside_others() -> None:
    phones = [Candidate("phones", value, n, n, n, beaten=n == 2) for n, value in enumerate(("+1", "+2", "+3"), start=1)]
    first, second = choose(phones)["phones"]
    assert ([first.value, second.value], [each.value for each in first.others]) == (["+1", "+3"], ["+2"])
    (alone,) = choose([phones[1]])["phones"]
    assert alone.value == "+2", "where nobody else speaks it is shown"
