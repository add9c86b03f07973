"""Measure Soyol beside its peers: ``python -m benchmarks NAME …`` (what ``./soyol bench`` calls)."""

import importlib
import sys

#: Name of a measurement and the module whose ``main(arguments) -> exit code`` takes it.
MEASUREMENTS = {
    "linkage": "benchmarks.linkage.__main__",
    "reading": "benchmarks.reading",
    "search": "benchmarks.search",
    "combine": "benchmarks.combine",
    "incremental": "benchmarks.incremental",
    "up": "benchmarks.up",
    "backup": "benchmarks.backup",
    "desk": "benchmarks.desk",
    "editors": "benchmarks.editors",
    "guessing": "benchmarks.guessing",
    "losses": "benchmarks.losses",
    "keys": "benchmarks.keys",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement that the first argument names; 2 when there is none of that name."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if name not in MEASUREMENTS:
        print(f"usage: ./soyol bench NAME …, where NAME is one of: {', '.join(MEASUREMENTS)}", file=sys.stderr)
        if name in {"-h", "--help"}:
            return 0
        print(f"there is no measurement named {name!r}", file=sys.stderr)
        return 2
    return int(importlib.import_module(MEASUREMENTS[name]).main(rest))


if __name__ == "__main__":
    sys.exit(main())
