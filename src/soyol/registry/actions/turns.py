"""One after the other: who changes who is who, and who builds entries from it."""

from soyol.registry.models import NumberSeries


def one_at_a_time() -> None:
    """Let nobody else change who is who until the caller's transaction ends. Asked for before anything is locked."""
    held = NumberSeries.objects.select_for_update().filter(name="change")
    if not list(held):  # for the first time in this registry
        NumberSeries.objects.get_or_create(name="change")
        list(held.all())
