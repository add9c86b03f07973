"""The languages of the country, each in its script."""

from soyol.profiles.queries import codes, tongues


def test_the_country_says_in_which_languages_one_writes(settings: object) -> None:
    settings.SOYOL_PACK = "ee"  # type: ignore[attr-defined]
    assert codes() == ["et", "en"]
    settings.SOYOL_PACK = "mn"  # type: ignore[attr-defined]
    assert codes() == ["mn", "en", "mn-Mong"]


def test_what_is_written_in_columns_says_so(settings: object) -> None:
    settings.SOYOL_PACK = "mn"  # type: ignore[attr-defined]
    assert [tongue.in_columns for tongue in tongues()] == [False, False, True]
    assert all(tongue.name for tongue in tongues())
