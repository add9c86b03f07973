"""A run that cannot fit into memory says so before it begins, and how much would fit."""

from pathlib import Path

import pytest

from soyol import combine, packs
from soyol.combine import memory
from soyol.combine.outcome import CombineError, ExitCode


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A container with a gigabyte."""
    limit = tmp_path / "memory.max"
    limit.write_text(f"{memory.GIGABYTE}\n", encoding="ascii")
    monkeypatch.setattr(memory, "LIMITS", (limit, tmp_path / "none"))


def test_a_container_has_the_memory_that_it_may_use(small: None) -> None:
    assert memory.there_is() == memory.GIGABYTE


def test_without_a_limit_the_machine_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text("max\n", encoding="ascii")
    monkeypatch.setattr(memory, "LIMITS", (limit,))
    found = memory.there_is()
    assert found is not None
    assert found > memory.GIGABYTE // 4


def test_more_rows_than_fit_are_refused_with_the_number_that_would(small: None) -> None:
    fit = (memory.GIGABYTE - memory.ITSELF) // memory.PER_ROW
    memory.check(fit)
    with pytest.raises(CombineError) as refused:
        memory.check(fit + 1)
    assert (refused.value.code, refused.value.exit_code) == ("combine.too_many", ExitCode.TOO_MANY)
    assert refused.value.params == {"n": fit + 1, "fit": fit, "needed": "1.0", "most": "1.0"}


def test_what_does_not_fit_is_refused_before_anything_is_gathered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "there_is", lambda: memory.ITSELF)
    path = tmp_path / "list.csv"
    path.write_text("Name,Phone\nBat,99112233\nDorj,88112233\n", encoding="utf-8")
    with pytest.raises(CombineError) as refused:
        combine.combine([path], tmp_path / "out", pack=packs.load("neutral"))
    assert refused.value.exit_code == ExitCode.TOO_MANY
    assert not (tmp_path / "out").exists()
