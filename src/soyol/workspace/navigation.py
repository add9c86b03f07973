"""What the desk offers to whom: the entries of its menu."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_noop

from soyol.accounts.choices import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the menu: its address, its words, who may go there, and the views that belong to it."""

    view: str
    words: str
    permission: Permission
    views: frozenset[str]

    @property
    def href(self) -> str:
        """The address."""
        return reverse(f"desk:{self.view}")


P = Permission
PLACES = (
    Place("start", gettext_noop("Start"), P.SEE_DESK, frozenset({"start"})),
    Place(
        "sources",
        gettext_noop("Lists"),
        P.SEE_SOURCES,
        frozenset({"sources", "source", "source_new", "source_change", "upload", "batch", "columns", "problems"}),
    ),
    Place(
        "surveys",
        gettext_noop("Surveys"),
        P.SEE_SOURCES,
        frozenset(
            {
                "surveys",
                "survey",
                "survey_new",
                "survey_version_add",
                "survey_enter",
                "survey_import",
                "survey_dry_run",
                "submission",
                "submission_correct",
            }
        ),
    ),
    Place(
        "linkage",
        gettext_noop("Who is the same"),
        P.JUDGE_PAIRS,
        frozenset({"linkage", "run", "review", "question", "question_together", "lesson"}),
    ),
    Place(
        "quality",
        gettext_noop("How good the registry is"),
        P.SEE_SOURCES,
        frozenset({"quality", "quality_check"}),
    ),
    Place(
        "conflicts",
        gettext_noop("What lists say differently"),
        P.EDIT_REGISTRY,
        frozenset({"conflicts", "conflict"}),
    ),
    Place(
        "actors",
        gettext_noop("People and organisations"),
        P.SEE_REGISTRY,
        frozenset({"actors", "actor", "actor_as_of", "merge", "split", "reveal", "state_choose", "state", "consents"}),
    ),
    Place("claims", gettext_noop("Whose is it"), P.CHECK_CLAIMS, frozenset({"claims", "claim", "holders"})),
    Place("certificates", gettext_noop("Certificates"), P.ISSUE_CERTIFICATES, frozenset({"certificates"})),
    Place(
        "letters",
        gettext_noop("Letters to many"),
        P.WRITE_LETTERS,
        frozenset({"letters", "letter", "letter_new", "letter_change"}),
    ),
    Place("add", gettext_noop("Add by hand"), P.EDIT_REGISTRY, frozenset({"add"})),
    Place("requests", gettext_noop("Requests of people"), P.DECIDE_REQUESTS, frozenset({"requests", "request"})),
    Place(
        "consent_texts",
        gettext_noop("Words of consents"),
        P.WRITE_CONSENTS,
        frozenset({"consent_texts", "consent_text"}),
    ),
    Place("jobs", gettext_noop("Long work"), P.SEE_DESK, frozenset({"jobs", "job"})),
    Place(
        "accounts",
        gettext_noop("Accounts"),
        P.SEE_ACCOUNTS,
        frozenset({"accounts", "account", "invite", "grant_change"}),
    ),
    Place("outbox", gettext_noop("Mail and text messages"), P.SEE_OUTBOX, frozenset({"outbox", "message"})),
    Place(
        "recoveries",
        gettext_noop("Accounts whose address is lost"),
        P.RECOVER_ACCOUNTS,
        frozenset({"recoveries", "recover"}),
    ),
    Place("keeping", gettext_noop("How long data is kept"), P.SEE_KEEPING, frozenset({"keeping"})),
    Place("losses", gettext_noop("Losses of data"), P.LIST_LOSSES, frozenset({"losses", "loss"})),
    Place("bodies", gettext_noop("Public bodies"), P.MANAGE_BODIES, frozenset({"bodies", "body", "body_new"})),
    Place("audit", gettext_noop("Who did what"), P.SEE_AUDIT, frozenset({"audit"})),
)
