"""How each value is known, in words: by whom it was declared, against what it was checked, which register told it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from soyol.registry.choices import DocumentKind, Level, Standing
from soyol.registry.models import Proof
from soyol.registry.rules.levels import level_of
from soyol.ui.templatetags.soyol_formats import day as written

#: A sign for each level, for whoever reads fast; the words say the same.
SIGNS = {Level.DECLARED: "○", Level.DOCUMENT: "✓", Level.STATE: "◆"}


@dataclass(frozen=True, slots=True)
class Known:
    """``day``: of the declaration, the check or the answer; ``document`` or ``register``: by which it was checked."""

    level: Level
    source: str
    day: date | None
    chosen: bool = False
    document: str = ""
    office: str = ""
    register: str = ""
    ground: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.level]

    @property
    def words(self) -> str:
        """The level with its day in one clause of the reader's language."""
        told = {
            "source": self.source,
            "day": written(self.day),
            "document": self.document,
            "office": self.office or _("the office that keeps the registry"),
        }
        return _template(self) % told

    @property
    def short_words(self) -> str:
        """The same where the list is named beside it anyway."""
        if self.level != Level.DECLARED or self.chosen:
            return self.words
        return _("declared, %(day)s") % {"day": written(self.day)} if self.day else _("declared")


def _template(known: Known) -> str:
    if known.level == Level.STATE:
        return _("from a register of the state, answer of %(day)s")
    if known.level == Level.DOCUMENT:
        if not known.document:
            return _("checked against a document, %(day)s")
        return _("checked against a document (%(document)s), %(day)s, by %(office)s")
    if known.chosen:
        return _("chosen by an officer, %(day)s")
    return _("declared in “%(source)s”, %(day)s") if known.day else _("declared in “%(source)s”")


def known_by(standing: int, source: str, observed_on: date | None, proof: Proof | None) -> Known:
    """How a statement is known that stands on a row of the list named ``source``."""
    shown, asked = (bool(proof.document), bool(proof.register)) if proof is not None else (False, False)
    level = level_of(standing, by_document=shown, by_register=asked)
    chosen = standing == Standing.JUDGED
    if proof is None or level == Level.DECLARED:
        return Known(level, source, observed_on, chosen)
    document = str(DocumentKind(proof.document).label) if proof.document else ""
    return Known(level, source, proof.on, chosen, document, proof.office, proof.register, proof.ground)


def proofs_of(records: Collection[int]) -> dict[int, Proof]:
    """Record → what its checked values were checked by. One query."""
    return {each.record_id: each for each in Proof.objects.filter(record__in=records)}
