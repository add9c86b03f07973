"""Finding certificates: by the secret of a link, by number and code, of an entry, and all that an officer may see."""

import hmac
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from soyol.certificates.choices import State
from soyol.certificates.models import Certificate
from soyol.certificates.queries.secrets import code_of, digest_of
from soyol.certificates.queries.shown import Shown, shown
from soyol.certificates.rules import tidy_code, tidy_number, tidy_token
from soyol.fields import reach
from soyol.registry.choices import ActorState, Face
from soyol.registry.models import Actor, DirectoryEntry
from soyol.registry.queries import Scope


def by_token(token: str) -> Certificate | None:
    """The certificate whose sheet leads here; None for anything else. Junk is not even looked for."""
    tidy = tidy_token(token)
    if not tidy:
        return None
    with reach.opened("a certificate is found by its secret alone"):
        return _shown_to_whoever_has_it(_with_actor().filter(digest=digest_of(tidy)).first())


def by_code(number: str, code: str) -> Certificate | None:
    """The certificate with this number, for whoever also knows the code printed beside it."""
    with reach.opened("a certificate is found by its number, and given to whoever knows its code"):
        found = _with_actor().filter(number=tidy_number(number)).first()
    given = tidy_code(code)
    if found is None or not hmac.compare_digest(code_of(found).encode(), given.encode()):
        return None
    return _shown_to_whoever_has_it(found)


def _shown_to_whoever_has_it(found: Certificate | None) -> Certificate | None:
    if found is not None:
        reach.unlock("whoever has the paper may ask how it stands today")
    return found


def current_of(actor: Actor) -> Certificate | None:
    """The certificate that counts for an entry, expired or not; None where it has none."""
    return Certificate.objects.filter(actor=actor, revoked_at__isnull=True, replaced_at__isnull=True).first()


def certificates_of(actor: Actor) -> list[Shown]:
    """All certificates of an entry and of the numbers that lead to it, the newest first."""
    behind = Q(actor=actor) | Q(actor__merged_into=actor) | Q(actor__merged_into__merged_into=actor)
    return shown(_with_actor().filter(behind))


def visible(scope: Scope) -> QuerySet[Certificate]:
    """Certificates of entries inside ``scope``, or of numbers that lead to one there; the newest first."""
    if scope.is_whole:
        return _with_actor()
    inside = DirectoryEntry.objects.filter(scope.condition(), face=Face.STAFF).values("actor")
    return _with_actor().filter(Q(actor__in=inside) | Q(actor__merged_into__in=inside))


def narrowed(certificates: QuerySet[Certificate], state: str, day: date | None = None) -> QuerySet[Certificate]:
    """Those in one ``state``, as far as rows alone tell: a changed name is known only when one is opened."""
    on = day or timezone.localdate()
    current = certificates.filter(revoked_at__isnull=True, replaced_at__isnull=True, actor__state=ActorState.ACTIVE)
    told = {
        State.VALID: current.filter(valid_until__gte=on),
        State.EXPIRED: current.filter(valid_until__lt=on),
        State.REVOKED: certificates.filter(revoked_at__isnull=False),
        State.REPLACED: certificates.filter(revoked_at__isnull=True, replaced_at__isnull=False),
    }
    return told.get(State(state), certificates) if state in State.values else certificates


def _with_actor() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("actor", "replaced_by")
