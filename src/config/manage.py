"""``python -m config.manage COMMAND``: Django's command line for Soyol."""

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run one management command.

    Commands (migrations, the worker, loaders) may rightly run long statements; requests may not. So the
    statement timeout of PostgreSQL is widened here unless somebody set it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SOYOL_STATEMENT_SECONDS", "3600")
    from django.core.management import execute_from_command_line

    from config import place

    told = sys.argv[1:] if arguments is None else arguments
    place.enter(serves=told[:1] == ["work"])
    execute_from_command_line(["soyol manage", *told])


if __name__ == "__main__":
    main()
