"""The figures of a comparison as charts."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soyol.registry.queries.histories import MergeShown
from soyol.registry.queries.overviews import RunReport
from soyol.ui.charts import bars, waterfall


def weights(report: RunReport) -> SafeString | str:
    """How many pairs were how sure; nothing where none was kept."""
    rows = [(f"{low:.0%}–{high:.0%}", float(count)) for low, high, count in report.histogram]
    return bars(rows, title=_("How sure was the comparison?")) if rows else ""


def reasons(merge: MergeShown) -> SafeString | str:
    """What spoke for and against two records being one."""
    return waterfall(merge.waterfall, title=_("What spoke for and against")) if merge.waterfall else ""
