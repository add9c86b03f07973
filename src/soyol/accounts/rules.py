"""What each role holds, and when a grant counts."""

from datetime import date

from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission, Role

P = Permission


class RecoveryRefused(Exception):
    """An account is not given back; ``code`` says why: own, staff, inactive, unfinished, address, open, over."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return {
            "own": _("Nobody gives back their own account. Ask somebody else who may."),
            "staff": _(
                "This account holds a role. Only an administrator gives its owner access again, by an invitation."
            ),
            "inactive": _("This account may not sign in, so it is not given back. Ask an administrator why."),
            "unfinished": _("Whoever made this account never proved its address. It can simply be made again."),
            "address": _(
                "This address is that of the account already, or of another account. Ask for another address."
            ),
            "open": _("A recovery of this account is open already. Withdraw it first if its address is wrong."),
            "over": _("This recovery was used, was withdrawn or is too old. Begin a new one."),
        }[self.code]


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ARTIST: frozenset(),
    Role.CURATOR: frozenset({P.SEE_DESK, P.SEE_REGISTRY}),
    Role.REGISTRY_OFFICER: frozenset(
        {
            P.SEE_DESK,
            P.SEE_REGISTRY,
            P.SEE_PERSONAL,
            P.REVEAL_NUMBER,
            P.EDIT_REGISTRY,
            P.ASK_REGISTER,
            P.JUDGE_PAIRS,
            P.RUN_LINKAGE,
            P.EXPORT_REGISTRY,
            P.WRITE_CONSENTS,
            P.SEE_SOURCES,
            P.MANAGE_SOURCES,
            P.IMPORT_FILES,
            P.WITHDRAW_FILES,
            P.ENTER_ANSWERS,
            P.CHECK_CLAIMS,
            P.ISSUE_CERTIFICATES,
            P.WRITE_LETTERS,
            P.DECIDE_REQUESTS,
            P.RECOVER_ACCOUNTS,
            P.SEE_KEEPING,
            P.LIST_LOSSES,
            P.MANAGE_BODIES,
            P.SEE_JOBS,
            P.STOP_JOBS,
        }
    ),
    Role.PROVINCE_OFFICER: frozenset(
        {
            P.SEE_DESK,
            P.SEE_REGISTRY,
            P.SEE_PERSONAL,
            P.EDIT_REGISTRY,
            P.ASK_REGISTER,
            P.EXPORT_REGISTRY,
            P.SEE_SOURCES,
            P.ENTER_ANSWERS,
            P.CHECK_CLAIMS,
            P.ISSUE_CERTIFICATES,
            P.WRITE_LETTERS,
            P.DECIDE_REQUESTS,
        }
    ),
    Role.COORDINATOR: frozenset({P.SEE_DESK, P.SEE_REGISTRY, P.SEE_SOURCES, P.SEE_JOBS, P.SEE_ACCOUNTS}),
    Role.ADMINISTRATOR: frozenset(
        {
            P.SEE_DESK,
            P.SEE_SOURCES,
            P.SEE_JOBS,
            P.STOP_JOBS,
            P.SEE_ACCOUNTS,
            P.MANAGE_GRANTS,
            P.MANAGE_BODIES,
            P.SEE_AUDIT,
            P.SEE_OUTBOX,
            P.SEE_KEEPING,
            P.REPLACE_BOUNDARIES,
        }
    ),
}
#: Roles that mean nothing without a place: an officer of no province would be one of all.
NEEDS_UNIT = frozenset({Role.PROVINCE_OFFICER})
#: Permissions for what has neither place nor body: only a grant for everything gives them.
WHOLE = frozenset(
    {
        P.RUN_LINKAGE,
        P.WRITE_CONSENTS,
        P.SEE_AUDIT,
        P.SEE_OUTBOX,
        P.RECOVER_ACCOUNTS,
        P.SEE_KEEPING,
        P.LIST_LOSSES,
        P.REPLACE_BOUNDARIES,
    }
)
#: Permissions for what can belong to a body: lists, their files and work on them, and grants for the body. A grant
#: with a body gives no other, so that whatever has no body is closed to it.
OF_BODIES = frozenset(
    {
        P.SEE_DESK,
        P.SEE_PERSONAL,
        P.REVEAL_NUMBER,
        P.SEE_SOURCES,
        P.MANAGE_SOURCES,
        P.IMPORT_FILES,
        P.WITHDRAW_FILES,
        P.SEE_JOBS,
        P.STOP_JOBS,
        P.SEE_ACCOUNTS,
        P.MANAGE_GRANTS,
    }
)


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold ``permission``."""
    return [role for role, held in PERMISSIONS.items() if permission in held]


def given(role: Role, *, placed: bool, owned: bool) -> frozenset[Permission]:
    """What a role gives through a grant with a place (``placed``) and a body (``owned``)."""
    held = PERMISSIONS[role]
    if placed or owned:
        held -= WHOLE
    return held & OF_BODIES if owned else held


def counts_on(day: date, valid_from: date, valid_to: date | None) -> bool:
    """Whether a grant from ``valid_from`` to ``valid_to`` (last day, included) counts on ``day``."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
