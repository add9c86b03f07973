"""All files at their place, or none."""

import os
from pathlib import Path

import pytest

from soyol.combine.outcome import CombineError, ExitCode
from soyol.combine.place import OUTPUTS, Place


def fill(place: Place, text: str) -> None:
    for name in OUTPUTS:
        (place.ready / name).write_text(text)


def texts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in folder.iterdir()}


def test_files_appear_only_when_published(tmp_path: Path) -> None:
    with Place(tmp_path / "out") as place:
        fill(place, "new")
        assert not (tmp_path / "out").exists()
        place.publish()
    assert texts(tmp_path / "out") == dict.fromkeys(OUTPUTS, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_former_results_stay_whole_when_a_run_fails(tmp_path: Path) -> None:
    with Place(tmp_path / "out") as place:
        fill(place, "old")
        place.publish()
    with Place(tmp_path / "out") as place:
        fill(place, "new")
    assert texts(tmp_path / "out") == dict.fromkeys(OUTPUTS, "old")


def test_former_results_are_replaced_whole(tmp_path: Path) -> None:
    for text in ("old", "new"):
        with Place(tmp_path / "out") as place:
            fill(place, text)
            place.publish()
    assert texts(tmp_path / "out") == dict.fromkeys(OUTPUTS, "new")


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with Place(tmp_path) as place:
        fill(place, "new")
        place.publish()
    assert texts(tmp_path) == {"mine.txt": "mine", **dict.fromkeys(OUTPUTS, "new")}


def test_leavings_of_a_dead_run_are_cleared_and_those_of_a_living_one_are_not(tmp_path: Path) -> None:
    dead, living = tmp_path / ".out.soyol-999999999", tmp_path / f".out.soyol-{os.getppid()}"
    dead.mkdir()
    living.mkdir()
    with Place(tmp_path / "out"):
        assert not dead.exists()
        assert living.exists()


def test_results_moved_aside_by_a_run_killed_in_the_middle_come_back(tmp_path: Path) -> None:
    former = tmp_path / ".out.soyol-999999999" / "former"
    former.mkdir(parents=True)
    (former / "registry.csv").write_text("old")
    with Place(tmp_path / "out"):
        pass
    assert texts(tmp_path / "out") == {"registry.csv": "old"}


def test_passing_files_can_be_read_by_the_user_alone(tmp_path: Path) -> None:
    with Place(tmp_path / "out") as place:
        assert place.work.parent.stat().st_mode & 0o077 == 0


def test_a_file_in_the_place_of_the_folder_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(CombineError) as refused, Place(tmp_path / "out"):
        pass
    assert (refused.value.code, refused.value.exit_code) == ("combine.not_a_folder", ExitCode.USAGE)
