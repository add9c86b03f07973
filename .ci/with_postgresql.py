"""Runs a command with a PostgreSQL in which tests may create databases:  python3 .ci/with_postgresql.py COMMAND...

The server that './soyol test --postgresql' would use serves where it answers. Else a private one is started for the
command and gone with it: a data folder, a port of loopback and a password of its own, and the user of the package where
this runs as root, for PostgreSQL refuses root.
"""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from launch import checks, ground

#: The server holds nothing that must outlive the machine, so it need not wait for the disk.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def main(command: list[str]) -> int:
    """Run it; returns its exit code."""
    ground.ensure("base")
    if checks.postgresql():
        return subprocess.run(command, check=False).returncode
    with private_server() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


@contextlib.contextmanager
def private_server() -> Iterator[str]:
    """A server of its own; yields the address of its superuser, and stops it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="soyol-postgresql-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    password, port = secrets.token_hex(16), free_port()
    options = [f"-p {port}", "-c listen_addresses=127.0.0.1", f"-c unix_socket_directories={folder}"]
    options += [f"-c {each}" for each in CARELESS]
    control = [binary("pg_ctl"), "-D", folder / "data", "-w"]
    try:
        make_cluster(folder, user, password)
        run([*control, "-l", folder / "log", "-o", " ".join(options), "start"], user)
        try:
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(folder: Path, user: str | None, password: str) -> None:
    """Its files; nobody enters without the password."""
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")
    if user:
        shutil.chown(secret, user)
    told = ["--auth=scram-sha-256", "--username=postgres", f"--pwfile={secret}", "--encoding=UTF8", "--no-sync"]
    run([binary("initdb"), "-D", folder / "data", *told], user)
    secret.unlink()


def run(command: list[str | Path], user: str | None) -> None:
    """Run one of PostgreSQL's programs; what it says is shown only when it fails."""
    # The server inherits what its starter writes to: a pipe would never end, a file does.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, user=user, cwd="/", stdout=said, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            said.seek(0)
            sys.exit(f"{Path(command[0]).name} failed:\n{said.read().decode(errors='replace')[-3000:]}")


def binary(name: str) -> Path:
    """A program of the newest PostgreSQL that is installed; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    plain = shutil.which(name)
    if not found and plain is None:
        sys.exit(f"{name} is not on this machine. Install PostgreSQL's server (Debian and Ubuntu: postgresql).")
    return found[-1] if found else Path(str(plain))


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
