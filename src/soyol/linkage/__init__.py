"""Record linkage: which records are of the same person or body, and why. Needs no Django; the pack is an argument.

``link`` runs over a whole table, ``link_new`` links new records against a stored :class:`Index`, ``explain`` says a
pair's reasons in words, ``carry_over`` keeps public numbers over reruns.
"""

from soyol.linkage.engines import LinkageError
from soyol.linkage.explain import explain
from soyol.linkage.identity import carry_over
from soyol.linkage.index import Index, IndexOutdatedError
from soyol.linkage.link import link
from soyol.linkage.link_new import link_new
from soyol.linkage.linked import Linked
from soyol.linkage.prepare import prepare
from soyol.linkage.settings import Settings
from soyol.linkage.teach import Example, Lesson, learn

__all__ = [
    "Example",
    "Index",
    "IndexOutdatedError",
    "Lesson",
    "LinkageError",
    "Linked",
    "Settings",
    "carry_over",
    "explain",
    "learn",
    "link",
    "link_new",
    "prepare",
]
