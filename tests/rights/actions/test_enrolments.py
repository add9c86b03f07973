"""Taking an enrolment back: what was brought goes, and nothing else."""

import pytest

from soyol.claims import actions as claims
from soyol.claims.choices import ClaimState
from soyol.claims.models import Claim
from soyol.jobs.models import Job
from soyol.jobs.worker import Worker
from soyol.registry import actions as registry
from soyol.registry.choices import ActorState
from soyol.rights import actions
from soyol.rights.rules import Refused
from tests.factories.claims import a_citizen
from tests.factories.registry import BY, a_record, a_source, an_actor
from tests.rights.canary import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country", "reads_here")]
TYPED = {"kind": "person", "name": "Kanariqa Zwhistler", "phones": ["+97688997766"]}


def _enrolled() -> Claim:
    user = a_citizen()
    return claims.enrol(by=user.by, user=user, values=TYPED)


def test_what_was_enrolled_goes_and_the_number_is_never_given_again() -> None:
    claim = _enrolled()
    assert found(["Kanariqa", "88997766"])
    actions.withdraw_enrolment(by=claim.user.by, user=claim.user, claim=claim)
    while Worker().run_one():
        pass
    claim.refresh_from_db()
    assert claim.state == ClaimState.WITHDRAWN
    assert claim.actor is not None
    assert claim.actor.state == ActorState.ERASED
    assert found(["Kanariqa", "88997766"]) == []
    assert not Job.objects.exclude(state="done").exists()


def test_what_lists_name_by_now_is_for_an_officer() -> None:
    claim = _enrolled()
    known = an_actor(a_record(a_source(), name="Kanariqa Zwhistler"))
    assert claim.actor is not None
    registry.merge(by=BY, keep=claim.actor, absorb=known, reason="The same")
    with pytest.raises(Refused) as refused:
        actions.withdraw_enrolment(by=claim.user.by, user=claim.user, claim=claim)
    assert refused.value.code == "enrolment_joined"
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
