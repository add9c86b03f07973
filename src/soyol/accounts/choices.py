"""What an account may do (permissions), and the named sets of it (roles)."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that can be allowed; ``app.verb_noun``. Doors and queries name these, never roles."""

    SEE_DESK = "workspace.see_desk"
    SEE_REGISTRY = "registry.see"
    SEE_PERSONAL = "registry.see_personal"
    REVEAL_NUMBER = "registry.reveal_number"
    EDIT_REGISTRY = "registry.edit"
    ASK_REGISTER = "registry.ask_register"
    JUDGE_PAIRS = "registry.judge_pairs"
    RUN_LINKAGE = "registry.run_linkage"
    EXPORT_REGISTRY = "registry.export"
    WRITE_CONSENTS = "registry.write_consents"
    SEE_SOURCES = "sources.see"
    MANAGE_SOURCES = "sources.manage"
    IMPORT_FILES = "sources.import_files"
    WITHDRAW_FILES = "sources.withdraw_files"
    ENTER_ANSWERS = "surveys.enter_answers"
    CHECK_CLAIMS = "claims.check"
    ISSUE_CERTIFICATES = "certificates.issue"
    WRITE_LETTERS = "letters.write"
    DECIDE_REQUESTS = "rights.decide"
    SEE_OUTBOX = "notices.see"
    RECOVER_ACCOUNTS = "accounts.recover"
    SEE_JOBS = "jobs.see"
    STOP_JOBS = "jobs.stop"
    SEE_ACCOUNTS = "accounts.see"
    MANAGE_GRANTS = "accounts.manage_grants"
    MANAGE_BODIES = "bodies.manage"
    SEE_AUDIT = "audit.see"
    SEE_KEEPING = "protection.see"
    LIST_LOSSES = "protection.list_losses"
    REPLACE_BOUNDARIES = "places.replace_boundaries"


class Document(TextChoices):
    """By what an officer made sure who stands before them."""

    IDENTITY_CARD = "identity_card", _("identity card")
    PASSPORT = "passport", _("passport")
    DRIVING_LICENCE = "driving_licence", _("driving licence")
    OTHER = "other", _("another document with a picture")


class Role(TextChoices):
    """A named set of permissions that a grant gives for a place and a body. Who has none is a visitor."""

    ARTIST = "artist", _("artist")
    CURATOR = "curator", _("curator")
    REGISTRY_OFFICER = "registry_officer", _("registry officer")
    PROVINCE_OFFICER = "province_officer", _("officer of a province")
    COORDINATOR = "coordinator", _("programme coordinator")
    ADMINISTRATOR = "administrator", _("administrator")
