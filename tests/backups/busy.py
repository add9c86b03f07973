"""What the processes of the backup tests do: fill a site, write to it from many sides, tell whether all agrees."""

import hashlib
import io
import json
import os
import threading
import time
from pathlib import Path

from django.db import connection, transaction

from soyol.audit import By
from soyol.audit.actions import record, seal
from soyol.bodies.models import Body
from soyol.files import actions as files
from soyol.files import queries
from soyol.files.models import StoredFile

BY = By.system("tests")
#: Nothing of these may be readable in a backup.
CANARY = "УБ99112233"


def fill() -> list[str]:
    """Keep files sealed and plain, write what is sealed in a row; the numbers of the files."""
    kept = [
        files.keep(
            by=BY, name=f"{CANARY}-{at}.csv", content=io.BytesIO(CANARY.encode() * at * 1000), personal=at % 2 == 0
        )
        for at in range(5)
    ]
    large = io.BytesIO(os.urandom(3_000_000))
    kept.append(files.keep(by=BY, name="large.bin", content=large, personal=True))
    with transaction.atomic():
        Body.objects.create(names={"en": CANARY})
        record(BY, "bodies.body.found", "bodies.Body:1", {"names": CANARY}, personal=True)
    seal()
    return [str(each.pk) for each in kept]


def agrees() -> dict[str, int]:
    """Open every kept file and every sealed detail; how many there are. Raises where one does not open."""
    from soyol.audit.models import Entry

    stored = list(StoredFile.objects.all())
    for each in stored:
        for _piece in queries.plain_pieces(each):
            pass
    details = [entry.told for entry in Entry.objects.filter(sealed_detail__isnull=False)]
    connection.check_constraints()
    return {"files": len(stored), "details": len(details), "bodies": Body.objects.count()}


def write_until(stop: str, threads: int) -> int:
    """Write from so many threads until the file ``stop`` is there; how many writes were confirmed."""
    done: list[int] = []
    writers = [threading.Thread(target=_write, args=(Path(stop), number, done)) for number in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return len(done)


def _write(stop: Path, number: int, done: list[int]) -> None:
    at = 0
    while not stop.exists():
        at += 1
        content = hashlib.sha256(f"{os.getpid()} {number} {at}".encode()).digest() * 2000
        files.keep(by=BY, name=f"{number}-{at}", content=io.BytesIO(content), personal=True)
        with transaction.atomic():
            Body.objects.create(names={"en": f"{number} {at}"})
            record(BY, "bodies.body.found", f"bodies.Body:{at}", {"names": "x"})
        if number == 0:
            seal()
        done.append(1)
        time.sleep(0.05)  # people pause as well, and what they wrote is opened again below
    connection.close()


def tell(value: object) -> None:
    """Print for whoever started this process."""
    print(json.dumps(value), flush=True)
