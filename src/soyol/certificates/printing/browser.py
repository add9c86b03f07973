"""Printing a page by a browser without a window: a folder of its own, no network, no script, and not for long.

What is printed never stands on the command line, which every user of the machine can read: the page lies in a private
folder that is gone afterwards, and so is all that the browser wrote.
"""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

log = logging.getLogger("soyol.certificates")

#: Names under which the browser is usually found, and what switches it off in the settings.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE = "none"
#: Seconds that one sheet may take.
PATIENCE = 15
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--no-default-browser-check",
    # Whatever it may want to ask of anybody leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--no-pdf-header-footer",
)


def browser() -> str | None:
    """The browser of this machine; None where there is none or the settings want none."""
    if settings.SOYOL_BROWSER == NONE:
        return None
    names = (settings.SOYOL_BROWSER,) if settings.SOYOL_BROWSER else NAMES
    return next((found for found in map(shutil.which, names) if found), None)


def print_page(html: str) -> bytes | None:
    """The page as a PDF; None where the browser gave none in time."""
    command = browser()
    if command is None:
        return None
    with TemporaryDirectory(prefix="soyol-sheet-", ignore_cleanup_errors=True) as name:  # mode 0700
        folder = Path(name)
        page, made = folder / "sheet.html", folder / "sheet.pdf"
        page.write_text(html, encoding="utf-8")
        arguments = [
            command, *FLAGS, *_without_sandbox(), f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}",
            page.as_uri(),
        ]  # fmt: skip
        told = _run(arguments, folder)
        pdf = made.read_bytes() if told and made.exists() else b""
    if pdf.startswith(b"%PDF"):
        return pdf
    log.warning("the browser printed nothing", extra={"event": "certificate_not_printed"})
    return None


def _without_sandbox() -> list[str]:
    """Chromium refuses to run as root with its sandbox. Here it gets one page of our own that may run nothing."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def _run(arguments: list[str], folder: Path) -> bool:
    """Run to the end or until patience is over; whatever it started ends with it. Whether it said that all was well."""
    home = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", **home}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - the browser of the machine, with arguments of our own
        arguments, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        return process.wait(timeout=PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
