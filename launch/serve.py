"""'./soyol up': from a clone to a site that answers, with a line for each step."""

import argparse
import json
import os
import shlex
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from launch import frontend, ground, say, tenancy

HOST = "127.0.0.1"
#: How long the site may take to answer after its processes have started, and to stop when asked (seconds).
ANSWER_WITHIN = 60
STOP_WITHIN = 15
#: A worker that ends sooner did nothing useful (seconds); each such end in a row doubles the pause, up to the longest.
LIVED = 30
LONGEST_PAUSE = 60
FIRST_ACCOUNT = './soyol manage create_administrator --email you@example.org --name "Your name"'


def up(arguments: list[str]) -> int:
    """Set up what is missing, load the pack and the sample material, and serve on loopback until interrupted."""
    parser = argparse.ArgumentParser(prog="./soyol up", description="Set up and serve the site on this machine only.")
    parser.add_argument("--port", type=int, default=8000, help="port on loopback (default 8000)")
    parser.add_argument(
        "--data",
        type=Path,
        default=ground.ROOT / "var",
        metavar="DIR",
        help="where the database, files and keys are kept (default var/)",
    )
    parser.add_argument(
        "--no-sample", action="store_true", help="start empty, without the invented sample material and accounts"
    )
    options = parser.parse_args(arguments)

    # What can be refused at once is looked at before minutes of installing.
    _check_port(options.port)
    data = _data_folder(options.data)
    with tenancy.held(data, f"http://localhost:{options.port}/") as lock:
        ground.ensure("base")
        frontend.ensure()
        env = ground.environment(SOYOL_DATA=str(data), SOYOL_PORT=str(options.port), SOYOL_LOOPBACK="1")
        links = _prepare(env, sample=not options.no_sample)
        return _Processes(env, options.port, lock).serve(links)


def _check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise say.Stopped(
            f"there is no port {port}: ports are numbers from 1 to 65535.",
            "Choose one of them:  ./soyol up --port 8000",
            code=3,
        )
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as refusal:
            raise say.Stopped(
                f"port {port} on this machine cannot be used: {refusal}.",
                f"Stop what is using it, or choose another:  ./soyol up --port {port + 1 if port < 65535 else 8000}",
                code=3,
            ) from refusal


def _data_folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b"\0" * 4096)
    except OSError as refusal:
        raise say.Stopped(
            f"the data folder {path} cannot be written: {refusal.strerror}.", "Choose another:  ./soyol up --data DIR"
        ) from refusal
    return path.resolve()


def _prepare(env: dict[str, str], *, sample: bool) -> list[dict[str, str]]:
    """Migrate and load; returns the one-time sign-in links of the sample accounts (none without sample material)."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "links.json"
        command: list[str | Path] = [ground.PYTHON, "-m", "config.manage", "prepare", "--links-to", told]
        if sample:
            command.append("--sample")
        done = subprocess.run(command, cwd=ground.ROOT, env=env, check=False)
        if done.returncode:
            raise say.Stopped(
                "the site could not be prepared; the reason is above.",
                "Once it is mended, the same command goes on where it stopped.",
                code=done.returncode,
            )
        found: list[dict[str, str]] = json.loads(told.read_text(encoding="utf-8"))
        return found


class _Processes:
    """The web server and the background worker, started together and stopped together."""

    def __init__(self, env: dict[str, str], port: int, lock: int | None = None) -> None:
        self.env = env
        self.port = port
        self.inherited = () if lock is None else (lock,)
        self.worker_since = 0.0
        self.short_lives = 0
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False

    def serve(self, links: list[dict[str, str]]) -> int:
        """Run both until asked to stop; returns the exit code."""
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, self._stop_asked)
        try:
            with say.step("Starting the web server and the worker"):
                self._start("web")
                self._start("worker")
                self._wait_for_answer()
            self._tell(links)
            return self._watch()
        finally:
            self._stop()

    def _command(self, name: str) -> list[str | Path]:
        if name == "worker":
            return [ground.PYTHON, "-m", "config.manage", "work"]
        return [
            ground.PYTHON,
            "-m",
            "gunicorn",
            "--config",
            "python:config.gunicorn",
            "--bind",
            f"{HOST}:{self.port}",
            "config.wsgi",
        ]

    def _start(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches the launcher only, which then stops both in order.
        self.running[name] = subprocess.Popen(
            self._command(name), cwd=ground.ROOT, env=self.env, start_new_session=True, pass_fds=self.inherited
        )
        if name == "worker":
            self.worker_since = time.monotonic()

    def _wait_for_answer(self) -> None:
        until = time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < until and not self.asked_to_stop:
            if self.running["web"].poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        if not self.asked_to_stop:
            raise say.Stopped(
                "the web server did not start; its own words are above.",
                "If they do not help, report them as CONTRIBUTING.md says.",
                code=4,
            )

    def _tell(self, links: list[dict[str, str]]) -> None:
        address = f"http://localhost:{self.port}"
        say.line(f"\nSoyol is ready:  {address}/\n")
        if links:
            say.line("Sample accounts (invented persons; each link signs in once, on this machine only):")
            width = max(len(link["name"]) for link in links)
            for link in links:
                say.line(f"  {link['name']:<{width}}  {address}{link['path']}")
            if self.env.get("SOYOL_MAIL", "outbox") == "outbox":
                say.line(
                    f"Letters stay here, those with a code too: the administrator reads them at {address}/desk/outbox/"
                )
        else:
            kept = Path(self.env["SOYOL_DATA"])
            where = "" if kept == ground.ROOT / "var" else f"SOYOL_DATA={shlex.quote(str(kept))} "
            say.line("Without sample accounts: make the first account, an administrator's, in another terminal:")
            say.line(f"  {where}{FIRST_ACCOUNT}")
            say.line("It asks for a password. Sign in with both, then invite others and add the first list.")
        say.line("\nStop with Ctrl-C.")

    def _watch(self) -> int:
        again_at: float | None = None
        while not self.asked_to_stop:
            time.sleep(0.5)
            if self.running["web"].poll() is not None:
                raise say.Stopped(
                    "the web server ended by itself; its own words are above.",
                    "Start it again with the same command.",
                    code=4,
                )
            if self.running["worker"].poll() is None or self.asked_to_stop:
                continue
            if again_at is None:
                again_at = time.monotonic() + self._pause()
            elif time.monotonic() >= again_at:
                again_at = None
                self._start("worker")
        return 0

    def _pause(self) -> int:
        """Seconds until a worker that ended is started again: longer each time that it hardly lived."""
        lived = time.monotonic() - self.worker_since
        self.short_lives = self.short_lives + 1 if lived < LIVED else 0
        pause = int(min(2**self.short_lives, LONGEST_PAUSE))
        if self.short_lives < 3:
            say.note("The worker ended by itself; starting it again. Its unfinished work goes on.")
        else:
            say.note(f"The worker ended by itself {self.short_lives} times in a row; its reason is above.")
            say.note(f"Pages go on to work, long work waits. Trying again in {pause} s.")
        return pause

    def _stop_asked(self, *_: object) -> None:
        self.asked_to_stop = True

    def _stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + STOP_WITHIN
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
