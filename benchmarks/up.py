"""How long './soyol up' takes: in a clean clone with pip's cache as it is, and a second time.

Prints seconds against the limits that the project has set itself: a first start of 180 s with a warm package cache,
a second start of 5 s. Each start is the real command; the clock stops when the home page answers.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_WITHIN = 180.0
SECOND_WITHIN = 5.0
GIVE_UP_AFTER = 900.0


def main(argv: list[str] | None = None) -> int:
    """Measure both starts; exit code 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="./soyol bench up")
    parser.add_argument("--no-sample", action="store_true", help="leave the sample material out of the measure")
    options = parser.parse_args(argv)
    extra = ["--no-sample"] if options.no_sample else []
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "soyol"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        first = start_and_stop(clone, extra)
        second = start_and_stop(clone, extra)
    print(f"{'start':<8}{'seconds':>9}{'limit':>8}{'ratio':>8}")
    for name, seconds, limit in (("first", first, FIRST_WITHIN), ("second", second, SECOND_WITHIN)):
        print(f"{name:<8}{seconds:>9.1f}{limit:>8.0f}{seconds / limit:>8.2f}")
    return 0 if first <= FIRST_WITHIN and second <= SECOND_WITHIN else 1


def start_and_stop(clone: Path, extra: list[str]) -> float:
    """Run './soyol up' in ``clone`` until its home page answers, then stop it. Returns seconds until the answer."""
    port = free_port()
    began = time.monotonic()
    site = subprocess.Popen(
        [sys.executable, "soyol", "up", "--port", str(port), *extra],
        cwd=clone,
        stdout=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", site)
        return time.monotonic() - began
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(60)


def wait_for(address: str, site: subprocess.Popen[bytes]) -> None:
    """Return when ``address`` answers with 200; an error when the process ends or time runs out."""
    until = time.monotonic() + GIVE_UP_AFTER
    while time.monotonic() < until:
        if site.poll() is not None:
            raise SystemExit(f"./soyol up ended by itself with code {site.returncode}")
        if answers(address):
            return
        time.sleep(0.05)
    raise SystemExit(f"{address} did not answer within {GIVE_UP_AFTER:.0f} s")


def answers(address: str) -> bool:
    """Whether there is an answer, and it is 200."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback, built above
            return bool(answer.status == 200)
    except OSError:  # what urllib raises is one
        return False


def free_port() -> int:
    """Return a port on loopback that nothing uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
