"""The app of claims."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "soyol.claims"
    label = "claims"
    verbose_name = _("entries and their holders")

    def ready(self) -> None:
        """Let every worker first forget documents of claims that were decided."""
        from soyol.claims.actions.claiming import forget_documents
        from soyol.jobs.registry import at_start

        at_start(forget_documents)
