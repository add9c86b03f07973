"""Public bodies are kept."""

from django.utils.translation import gettext_noop

from soyol.fields.keeping import NOBODY, Row, keeps

keeps(
    Row(
        "bodies.body",
        ("bodies.Body", "bodies.FormerName"),
        gettext_noop("public bodies and what they were called"),
        NOBODY,
    )
)
