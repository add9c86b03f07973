"""Code lists are kept."""

from django.utils.translation import gettext_noop

from soyol.fields.keeping import NOBODY, Row, keeps

keeps(
    Row("vocab.term", ("vocab.Scheme", "vocab.Term", "vocab.Crosswalk"), gettext_noop("lists of codes"), NOBODY),
)
