"""The figures of a comparison as charts."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from soyol.lib.charts import Item, bar
from soyol.registry.queries.overviews import RunReport
from soyol.ui.templatetags.soyol_formats import number, percent
from soyol.workspace.words import language


def weights(report: RunReport) -> SafeString | str:
    """How many pairs were how sure; nothing where none was kept."""
    items = [
        Item(f"{percent(low)}–{percent(high)}", float(count), number(count)) for low, high, count in report.histogram
    ]
    title = _("How sure was the comparison?")
    # Drawn by us, with every text escaped.
    return mark_safe(bar(items, title=title, lang=language())) if items else ""  # noqa: S308
