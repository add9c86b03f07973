"""What a web process does beside its first answers, so that the first person who saves something need not wait for it.

Reading what somebody typed needs libraries that take seconds to load; they are loaded by use, in a thread of its own.
"""

import logging
import threading

from django.db import connection
from django.urls import get_resolver

log = logging.getLogger("soyol.web")


def begin() -> threading.Thread:
    """Begin to load in the background; whoever comes earlier waits only for what they need themselves."""
    thread = threading.Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        from soyol.sources.queries.typed import understood

        _ = get_resolver().reverse_dict  # reading the addresses loads all views
        understood({"name": "Soyol"}, "organisation")
    except Exception:  # whatever is wrong is told to whoever first needs it, as without this thread
        log.warning("the libraries are not loaded yet", exc_info=True)
    finally:
        connection.close()
