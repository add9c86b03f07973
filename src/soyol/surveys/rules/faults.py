"""What may be wrong with a workbook of a questionnaire: where it stands, what it is, and the way out."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: Code → what is wrong and what to do.
FAULTS: dict[str, str] = {
    "no_survey": gettext_noop(
        "There is no sheet “survey” with the columns type and name. Take the sample form as a start."
    ),
    "too_many": gettext_noop("The sheet has %(n)s rows; %(most)s are taken. Divide the questionnaire."),
    "no_questions": gettext_noop("The sheet asks nothing. Write at least one question."),
    "no_form_id": gettext_noop(
        "The sheet “settings” has no form_id. Write one, in Latin letters, such as makers_2026."
    ),
    "no_version": gettext_noop("The sheet “settings” has no version. Write one; each answer keeps it."),
    "column": gettext_noop(
        "The column is not understood here, so what stands in it would be lost. Empty it, or leave it out."
    ),
    "setting": gettext_noop("This setting means nothing here; KoboToolbox and ODK may use it."),
    "language": gettext_noop("“%(value)s” names no language. Write its code in brackets, such as “English (en)”."),
    "type": gettext_noop("The type “%(value)s” is not understood here. Use one of: %(accepted)s."),
    "name": gettext_noop("“%(value)s” is no name. Use Latin letters, digits and _, and begin with a letter."),
    "name_twice": gettext_noop("The name “%(value)s” stands in row %(line)s already. Choose another one."),
    "no_label": gettext_noop(
        "“%(name)s” has no label in %(language)s. Whoever reads that language would meet another one."
    ),
    "end": gettext_noop("This closes %(value)s, but none is open here. Put begin and end in pairs."),
    "open": gettext_noop("“%(name)s” is opened and never closed. Add a row with its end."),
    "deep": gettext_noop("A repeat inside of a repeat is not understood here. Ask it in a form of its own."),
    "empty_group": gettext_noop("“%(name)s” holds no question. Fill it, or take it out."),
    "list": gettext_noop(
        "The list of choices “%(value)s” does not stand on the sheet “choices”. Add it, or mend its name."
    ),
    "choice_name": gettext_noop(
        "“%(value)s” is no name of a choice: it is empty or has a space in it. Write one word."
    ),
    "choice_twice": gettext_noop("The choice “%(value)s” stands twice in the list. Take one out."),
    "expression": gettext_noop("The expression is not understood at “%(piece)s” (sign %(at)s): %(why)s"),
    "unknown_question": gettext_noop("There is no question “%(value)s”. Mend the name, or add the question."),
    "unknown_choice": gettext_noop("“%(value)s” is no choice of “%(name)s”, so this can never be true. Mend the name."),
    "unknown_column": gettext_noop(
        "The choices have no column “%(value)s”. Add it to the sheet “choices”, or mend the name."
    ),
    "column_here": gettext_noop(
        "“%(value)s” without ${…} is a column of choices, which only a choice_filter can ask for."
    ),
    "this_here": gettext_noop("“.” is the answer being checked, which only a constraint can ask for. Write ${…}."),
    "place_here": gettext_noop("“..” is understood in position(..) inside of a repeat only."),
    "pattern": gettext_noop(
        "“%(value)s” is no pattern that is understood: no looking ahead or back, no reference to a part."
    ),
    "circle": gettext_noop("“%(name)s” depends on itself, through %(through)s. Break the circle."),
    "never_seen": gettext_noop("“%(name)s” can never be seen: its condition, with those above it, is never true."),
    "never_right": gettext_noop("No answer to “%(name)s” can ever be right: its constraint is never true."),
    "required_silent": gettext_noop("“%(name)s” is required, but nobody can answer it. Take “required” away."),
    "no_calculation": gettext_noop("“%(name)s” is to be counted, but nothing says how. Fill in “calculation”."),
    "default": gettext_noop("“%(value)s” is no answer that “%(name)s” takes. Mend the default."),
    "field": gettext_noop("“%(value)s” is no field of the registry. Use one of: %(accepted)s."),
    "field_in_repeat": gettext_noop("A question in a repeat cannot feed “%(value)s”, which an entry has once."),
    "kind": gettext_noop(
        "The choices of the question about the kind must be among: %(accepted)s. “%(value)s” is none."
    ),
    "no_kind": gettext_noop("No question feeds the field name, so that no answer could become an entry."),
    "pyxform": gettext_noop("KoboToolbox and ODK would refuse this form: %(why)s"),
    "pyxform_warns": gettext_noop("A remark of pyxform, which KoboToolbox and ODK use: %(why)s"),
    "file": gettext_noop("The workbook cannot be read: %(why)s"),
}

#: Why an expression is not understood.
REASONS: dict[str, str] = {
    "empty": gettext_noop("there is nothing."),
    "ends": gettext_noop("it ends too early."),
    "open": gettext_noop("this bracket is never closed."),
    "unexpected": gettext_noop("this cannot stand here."),
    "sign": gettext_noop("this is no part of an expression that is understood here."),
    "function": gettext_noop("this function is not understood here."),
    "arguments": gettext_noop("the function takes another number of arguments."),
    "too_deep": gettext_noop("too many brackets inside each other."),
    "too_long": gettext_noop("it is too long."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``line`` is the row of the sheet from 1; ``heavy``: the form cannot be published so."""

    code: str
    sheet: str = ""
    line: int | None = None
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    heavy: bool = True

    def __str__(self) -> str:
        params = dict(self.params)
        if "reason" in params:
            params["why"] = _(REASONS[params["reason"]])
        return _(FAULTS[self.code]) % params

    @property
    def place(self) -> str:
        """Sheet, row and column, as far as they are known, in the reader's language."""
        told = [self.sheet]
        if self.line is not None:
            told.append(_("row %(n)s") % {"n": self.line})
        if self.column:
            told.append(_("column “%(name)s”") % {"name": self.column})
        return ", ".join(part for part in told if part)
