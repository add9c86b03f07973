"""Processes with hard limits in which whatever comes from strangers is opened: starting, limiting, ending them.

Such a process gets its orders as JSON on standard input. It holds no secrets and needs no network: its parent gives
it neither.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import soyol
from soyol.intake.limits import Limits

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


# -- Outside -----------------------------------------------------------------------------------------------------------


def start(module: str, *options: str, **around: str) -> "subprocess.Popen[bytes]":
    """Start ``python -m module`` with nothing of our own surroundings; ``around`` are variables for it alone."""
    root = Path(soyol.__file__).resolve().parents[1]
    # Nothing of our own surroundings goes in: keys and database addresses live there.
    around = {"PYTHONPATH": str(root), "PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **around}
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        around["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=around,
        cwd="/",
        start_new_session=True,
    )


def end(cage: "subprocess.Popen[bytes]") -> None:
    """Nothing of the process group is left when this returns."""
    if cage.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(cage.pid, signal.SIGKILL)
    cage.wait()
    for stream in (cage.stdin, cage.stdout):
        if stream:
            stream.close()


# -- Inside ------------------------------------------------------------------------------------------------------------


def lock(limits: Limits) -> None:
    """Set the limits of this process; they cannot be raised again."""
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu_seconds + 2,
        resource.RLIMIT_FSIZE: limits.written_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 128,
    }
    for name, value in wanted.items():
        _, hard = resource.getrlimit(name)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)  # noqa: PLW2901 - never above the hard one
        # At the soft limit of time comes a signal that tells the reason, at the hard one the end.
        soft = value - 2 if name == resource.RLIMIT_CPU else value
        resource.setrlimit(name, (soft, value))


def tie() -> None:
    """Make this process end with the thread that started it, and have no more rights than that ever."""
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
