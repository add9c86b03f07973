"""Why the sending of a letter failed, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "letters.second_officer": _(
        "More people can be written to by now than its writer may write to alone. The letter was stopped."
    ),
}
