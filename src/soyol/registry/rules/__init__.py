"""Pure rules of the registry: fields and who may see them, the policy of choosing, numbers, carrying over."""

from soyol.registry.rules.activities import Activity, activities, read_activity
from soyol.registry.rules.carrying import Carried, carry_over
from soyol.registry.rules.fields import FIELDS, Field, field_class, is_sealed, mask
from soyol.registry.rules.numbers import is_number, make_number, tidy_number
from soyol.registry.rules.policy import Candidate, Chosen, agree, choose, completeness, rank
from soyol.registry.rules.refusals import Refused
from soyol.registry.rules.ties import is_open_row, may_be_public, tie_class

__all__ = [
    "FIELDS",
    "Activity",
    "Candidate",
    "Carried",
    "Chosen",
    "Field",
    "Refused",
    "activities",
    "agree",
    "carry_over",
    "choose",
    "completeness",
    "field_class",
    "is_number",
    "is_open_row",
    "is_sealed",
    "make_number",
    "mask",
    "may_be_public",
    "rank",
    "read_activity",
    "tidy_number",
    "tie_class",
]
