"""The passphrase of backups: from the environment or a terminal, never from an argument, which all users can read."""

import getpass
import sys

from config import env
from soyol.backups.rules import Refused

NAME = "SOYOL_BACKUP_PASSPHRASE"


def told() -> str:
    """What the environment tells; "" for nothing."""
    return env.text(NAME)


def asked(*, new: bool) -> str:
    """The passphrase; at a terminal a ``new`` one is asked for twice. Refused when there is nobody to ask."""
    if found := told():
        return found
    if not sys.stdin.isatty():
        raise Refused("there is no passphrase, and no terminal to ask for it.", f"Set {NAME} in the environment.")
    first = getpass.getpass("Passphrase of the backup: ").strip()  # as what the environment tells is stripped
    if new and getpass.getpass("The same once more: ").strip() != first:
        raise Refused("the two passphrases differ.", "Try again; nothing was written.")
    return first
