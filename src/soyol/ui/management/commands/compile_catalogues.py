"""``manage compile_catalogues``: turn word lists (``.po``) into what Django reads (``.mo``); needs no GNU gettext."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed

HOUSE = "soyol."


def catalogues() -> list[Path]:
    """Every word list of our own apps and of the configured locale folders, in a stable order."""
    roots = [Path(config.path) / "locale" for config in apps.get_app_configs() if config.name.startswith(HOUSE)]
    roots += [Path(folder) for folder in settings.LOCALE_PATHS]
    return sorted({path for root in roots for path in root.glob("*/LC_MESSAGES/*.po")})


def compile_one(source: Path) -> bool:
    """Write the ``.mo`` beside ``source``; False when it was already as new as its source."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as words:
        catalogue = read_po(words, locale=source.parent.parent.name)
    fresh = target.with_suffix(f".{os.getpid()}.mo")  # of this process alone: another may do the same
    with fresh.open("wb") as out:
        write_mo(out, catalogue, use_fuzzy=False)
    fresh.replace(target)
    return True


class Command(BaseCommand):
    """Compile what has changed and say how much that was."""

    help = "Compile the word lists (.po) of Soyol's own apps; needs no GNU gettext."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        sources = catalogues()
        fresh = [source for source in sources if compile_one(source)]
        for source in fresh:  # loading the models may have asked for words already, when there were none
            translation_file_changed(None, source.with_suffix(".mo"))
        self.stdout.write(f"{len(fresh)} of {len(sources)} word lists compiled.")
