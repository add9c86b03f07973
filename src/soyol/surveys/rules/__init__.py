"""Questionnaires as pure values: expressions, forms, what may be wrong with them, and forms with answers in them."""

from collections.abc import Collection, Mapping

from soyol.surveys.rules.compiling import compile_form
from soyol.surveys.rules.faults import Fault
from soyol.surveys.rules.filling import Filled, Spot, Wrong
from soyol.surveys.rules.forms import Choice, Form, Item, Step
from soyol.surveys.rules.judging import judge
from soyol.surveys.rules.reading import Raw, read_sheets
from soyol.surveys.rules.refusals import Refused

__all__ = ["Choice", "Fault", "Filled", "Form", "Item", "Raw", "Refused", "Spot", "Step", "Wrong", "compiled"]


def compiled(raw: Mapping[str, Raw], own: str, fields: Collection[str]) -> tuple[Form, list[Fault]]:
    """The form in three sheets and everything that is wrong with it. ``own``: the language of cells that name none."""
    sheets, faults = read_sheets(raw, own)
    form, more = compile_form(sheets, fields)
    faults += more
    if not any(fault.code in {"name", "name_twice", "end", "open", "deep"} for fault in faults):
        faults += judge(form)
    return form, sorted(
        faults, key=lambda fault: (not fault.heavy, fault.sheet != "settings", fault.sheet, fault.line or 0)
    )
