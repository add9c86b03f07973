"""Names of sources on the command line."""

import os
from pathlib import Path

import pytest

from soyol.combine.outcome import CombineError, ExitCode
from soyol.combine.source_names import by_name, name_of


def test_only_the_last_ending_goes() -> None:
    assert [name_of(Path(each)) for each in ("x/film.xlsx", "a.b.csv", "Жагсаалт.ods")] == ["film", "a.b", "Жагсаалт"]


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert name_of(Path("и\u0306.csv")) == "й"


def test_order_of_arguments_changes_nothing(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("b.csv", "a.csv")]
    for file in files:
        file.touch()
    assert list(by_name(files)) == list(by_name(files[::-1])) == ["a", "b"]


def test_two_equal_names_are_wrong_usage(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("list.csv", "list.xlsx")]
    for file in files:
        file.touch()
    with pytest.raises(CombineError) as refused:
        by_name(files)
    assert (refused.value.code, refused.value.exit_code) == ("combine.equal_names", ExitCode.USAGE)
    assert refused.value.params["name"] == "list"


def test_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(CombineError) as refused:
        by_name([tmp_path / "none.csv"])
    assert (refused.value.code, refused.value.exit_code) == ("combine.no_such_file", ExitCode.USAGE)


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(CombineError) as refused:
        by_name([tmp_path])
    assert (refused.value.code, refused.value.exit_code) == ("combine.is_folder", ExitCode.USAGE)


def test_bytes_that_are_no_letters_are_shown_as_lost() -> None:
    assert name_of(Path(os.fsdecode(b"nm\xff.csv"))) == "nm\ufffd"
