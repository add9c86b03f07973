"""Settings of gunicorn: ``gunicorn -c python:config.gunicorn config.wsgi``.

Threads, not processes, share one SQLite file well; PostgreSQL takes two processes. Where no current SQLite
library exists, one thread keeps one connection, whatever was asked for (see ``config.sqlite``).
"""

from config import env, settings, sqlite, warming

_on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
_one_only = _on_sqlite and settings.SQLITE_VERSION < sqlite.SAFE_VERSION

bind = f"{env.text('SOYOL_BIND', '127.0.0.1')}:{env.integer('SOYOL_PORT', 8000, least=1, most=65535)}"
worker_class = "gthread"
workers = env.integer("SOYOL_WEB_PROCESSES", 1 if _on_sqlite else 2, least=1, most=64)
threads = env.integer("SOYOL_WEB_THREADS", 8, least=1, most=128)
if _one_only:
    workers = threads = 1
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
# Bounds on what a client may send before a view sees it.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# Request lines hold search terms, which may be names: our own log writes what may be written.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """Load beside the first answers what saving needs."""
    warming.begin()
