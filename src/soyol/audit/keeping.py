"""How long the audit is kept."""

from django.utils.translation import gettext_noop

from soyol.fields.keeping import Row, keeps

keeps(
    Row(
        "audit.entry",
        ("audit.Entry",),
        gettext_noop("who did what and who looked at whose data"),
        gettext_noop(
            "People may ask at any time who looked at them; each line is sealed into the one before and cannot be "
            "taken out."
        ),
    )
)
