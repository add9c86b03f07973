"""All files at their place, or none."""

import errno
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


def test_a_link_to_a_folder_stays_a_link_and_its_folder_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    for text in ("old", "new"):
        with Place(tmp_path / "out") as place:
            fill(place, text)
            place.publish()
    assert (tmp_path / "out").is_symlink()
    assert texts(tmp_path / "real") == dict.fromkeys(OUTPUTS, "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "real"]


def test_a_link_that_leads_to_itself_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("out")
    with pytest.raises(CombineError) as refused, Place(tmp_path / "out"):
        pass
    assert (refused.value.code, refused.value.exit_code) == ("combine.cannot_write", ExitCode.USAGE)


@pytest.mark.parametrize("way", ["plain", "link", "hard link"])
def test_a_list_that_the_results_would_replace_is_refused(tmp_path: Path, way: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "members.csv").write_text("mine")
    given = {"plain": out / "members.csv", "link": tmp_path / "link.csv", "hard link": tmp_path / "hard.csv"}[way]
    if way == "link":
        given.symlink_to(out / "members.csv")
    elif way == "hard link":
        given.hardlink_to(out / "members.csv")
    with pytest.raises(CombineError) as refused, Place(out, [given]):
        pass
    assert (refused.value.code, refused.value.exit_code) == ("combine.input_is_output", ExitCode.USAGE)
    assert refused.value.params == {"path": str(given), "folder": str(out)}
    assert texts(out) == {"members.csv": "mine"}


def refuse(method: str, of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``method`` fail for one path, as a mount point, another disk or a missing right makes it fail."""
    real = getattr(Path, method)

    def refusing(self: Path, *args: object, **kwargs: object) -> object:
        if self == of:
            raise OSError(errno.EXDEV, "not here")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, method, refusing)


def test_a_mount_point_is_written_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == out)
    refuse("rename", out, monkeypatch)
    for text in ("old", "new"):
        with Place(out) as place:
            fill(place, text)
            assert place.work.is_relative_to(out)
            place.publish()
    assert texts(out) == dict.fromkeys(OUTPUTS, "new")


def test_a_folder_is_written_from_within_where_nothing_can_be_made_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    refuse("mkdir", tmp_path / f".out.soyol-{os.getpid()}", monkeypatch)
    with Place(out) as place:
        fill(place, "new")
        place.publish()
    assert texts(out) == dict.fromkeys(OUTPUTS, "new")
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_exchanged_is_written_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with Place(out) as place:
        fill(place, "old")
        place.publish()
    refuse("rename", out, monkeypatch)
    with Place(out) as place:
        fill(place, "new")
        place.publish()
    assert texts(out) == dict.fromkeys(OUTPUTS, "new")


def test_when_one_file_cannot_be_replaced_all_former_ones_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for name in OUTPUTS[1:]:
        (tmp_path / name).write_text("old")
    with Place(tmp_path) as place:
        fill(place, "new")
        refuse("replace", place.ready / OUTPUTS[3], monkeypatch)
        with pytest.raises(CombineError) as refused:
            place.publish()
    assert (refused.value.code, refused.value.exit_code) == ("combine.cannot_write", ExitCode.ENGINE_FAILED)
    assert texts(tmp_path) == {"mine.txt": "mine", **dict.fromkeys(OUTPUTS[1:], "old")}


def test_leavings_within_the_target_are_cleared_too(tmp_path: Path) -> None:
    (tmp_path / "out" / ".out.soyol-999999999").mkdir(parents=True)
    with Place(tmp_path / "out"):
        assert list((tmp_path / "out").iterdir()) == []
