"""Pure rules about requests: deadlines, which state follows which, what evidence may be, what is refused."""

from soyol.rights.rules.deadlines import ANSWER_DAYS, due_on, is_overdue
from soyol.rights.rules.evidence import MOST_FILES
from soyol.rights.rules.refusals import Refused
from soyol.rights.rules.requests import STEP_OF, is_part, may_follow

__all__ = [
    "ANSWER_DAYS",
    "MOST_FILES",
    "STEP_OF",
    "Refused",
    "due_on",
    "is_overdue",
    "is_part",
    "may_follow",
]
