"""Run one command and write down its exit code and its peak of memory: ``python alone.py FIGURES COMMAND …``.

A process starts with the peak of the one it was forked from. So the measuring process, which may have grown large,
starts this small one, and this one starts the contender. It imports nothing heavy for the same reason.
"""

import resource
import subprocess
import sys


def main() -> int:
    figures, *command = sys.argv[1:]
    code = subprocess.run(command, check=False).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with open(figures, "w", encoding="ascii") as out:  # noqa: PTH123  # pathlib would be the heaviest thing here
        out.write(f"{code} {peak}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
