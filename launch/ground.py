"""The virtual environment: made once, filled from the hashed locks, and left alone while the locks do not change."""

import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "requirements"

#: Room that a full set-up takes, with some to spare (bytes); the environment is by far the largest part.
ROOM_NEEDED = {
    "base": 1_200_000_000,
    "test": 1_500_000_000,
    "check": 1_800_000_000,
    "bench": 2_200_000_000,
    "spark": 2_500_000_000,
    "node": 400_000_000,
}

#: What pip prints when it could not reach an index.
NO_NETWORK_SIGNS = (
    "NewConnectionError",
    "Failed to establish",
    "Temporary failure in name resolution",
    "ConnectTimeout",
    "Could not find a version",
    "Network is unreachable",
)
NO_ROOM_SIGNS = ("No space left on device", f"[Errno {errno.ENOSPC}]")


def environment(**extra: str) -> dict[str, str]:
    """Return the environment for everything that runs inside ``.venv``."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **extra}
    env.pop("PYTHONHOME", None)
    return env


def run(*args: str | Path, check: bool = True, **extra: str) -> int:
    """Run the environment's Python with ``args``; a failure ends the launcher with the same exit code."""
    done = subprocess.run([PYTHON, *args], cwd=ROOT, env=environment(**extra), check=False)
    if check and done.returncode:
        raise SystemExit(done.returncode)
    return done.returncode


def ensure(*names: str) -> None:
    """Make sure that ``.venv`` exists and holds the locks called ``names`` (such as "base", "test")."""
    with _alone():
        _ensure(*names)


@contextmanager
def _alone() -> Iterator[None]:
    """Let one command at a time make the environment: ``up`` and ``test`` may be started side by side."""
    folder = os.open(VENV.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.note("Another command is setting up this folder; waiting for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _ensure(*names: str) -> None:
    if not (VENV / "pyvenv.cfg").exists() or not PYTHON.exists():
        _check_room(names[0])
        with say.step("Making the virtual environment .venv"):
            _make()
    for name in names:
        _install(name)


def _check_room(name: str) -> None:
    free = shutil.disk_usage(ROOT).free
    needed = ROOM_NEEDED[name]
    if free < needed:
        raise say.Stopped(
            f"the disk that holds {ROOT} is full: {free // 1_000_000} MB free, about {needed // 1_000_000} MB needed.",
            "Free some room, or clone the repository to a larger disk, and run the same command again.",
        )


def _make() -> None:
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        told = (done.stdout + done.stderr).strip()
        if any(sign in told for sign in NO_ROOM_SIGNS):
            raise say.Stopped("the disk is full while making .venv.", "Free some room and run the same command again.")
        raise say.Stopped(
            f"Python could not make a virtual environment: {told.splitlines()[-1] if told else 'no reason given'}",
            "On Debian and Ubuntu install the package python3-venv; on others a Python that has the module ensurepip.",
        )
    # A .pth file rather than an installed package: the code is always the checkout's own.
    site = next(VENV.glob("lib/python*/site-packages"), VENV / "Lib/site-packages")
    (site / "soyol.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def _install(name: str) -> None:
    lock = LOCKS / f"{name}.txt"
    mark = VENV / f".soyol-{name}"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    _check_room(name)
    count = sum(1 for row in lock.read_text(encoding="utf-8").splitlines() if "==" in row)
    with say.step(f"Installing {count} packages from requirements/{lock.name} (each checked by its hash)"):
        _pip(lock)
    mark.write_text(wanted, encoding="utf-8")


def _pip(lock: Path) -> None:
    # The lock is complete, so nothing is resolved; what is installed is exactly what the hashes name.
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "--quiet",
        "--retries",
        "2",
        "-r",
        lock,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    told = done.stdout + done.stderr
    if any(sign in told for sign in NO_ROOM_SIGNS):
        raise say.Stopped(
            f"the disk filled up while installing from requirements/{lock.name}.",
            "Free some room and run the same command again: it goes on where it stopped.",
        )
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in told:
        raise say.Stopped(
            f"a package does not match its hash in requirements/{lock.name}; nothing was installed.\n{told[-1500:]}",
            "Do not install it. Try another network; if it stays so, report it as SECURITY.md says.",
        )
    if any(sign in told for sign in NO_NETWORK_SIGNS):
        raise say.Stopped(
            "the Python package index cannot be reached, and not all packages are in pip's cache.",
            "Connect to the network (or set pip's own index and proxy settings) and run the same command again.",
        )
    raise say.Stopped(
        f"pip could not install requirements/{lock.name}:\n{told[-2000:]}",
        "The lines above are pip's own; with them fixed, run the same command again.",
    )
