"""Whether a run fits into the memory of this machine: said before it begins, not by the system that ends it."""

import contextlib
import os
from pathlib import Path

from .outcome import CombineError, ExitCode

GIGABYTE = 1024**3
#: What a run takes at its peak (`bench combine`, 100,000 and 1,000,000 rows: 0.98 and 5.53 GB), and for itself.
PER_ROW, ITSELF = 5200, GIGABYTE // 2
#: Limits of a container, in the second and in the first form of control groups.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def needed(rows: int) -> int:
    """Bytes of memory that a run of so many rows takes at its peak."""
    return ITSELF + rows * PER_ROW


def there_is() -> int | None:
    """Bytes of memory and swap of this machine, or of the container around; None where the system does not say."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") + _swap()
        return min([memory, *_limits()])
    return None


def check(rows: int) -> None:
    """Raise CombineError where a run of so many rows cannot fit."""
    most = there_is()
    if most is not None and needed(rows) > most:
        amounts = {"needed": _gigabytes(needed(rows)), "most": _gigabytes(most)}
        raise CombineError(
            "combine.too_many", ExitCode.TOO_MANY, n=rows, fit=max(0, most - ITSELF) // PER_ROW, **amounts
        )


def _swap() -> int:
    with contextlib.suppress(OSError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("SwapTotal:"):
                return int(line.split()[1]) * 1024
    return 0


def _limits() -> list[int]:
    found = []
    for path in LIMITS:
        with contextlib.suppress(OSError, ValueError):  # "max" where there is no limit
            found.append(int(path.read_text(encoding="ascii")))
    return found


def _gigabytes(number: int) -> str:
    return f"{number / GIGABYTE:.1f}"
