"""What would go and what must stay if somebody was erased."""

import pytest

from soyol.registry import actions as registry
from soyol.registry.choices import StakeKind
from soyol.rights.queries.erasable import erasable, whole
from tests.factories import registry as make

pytestmark = pytest.mark.django_db


def test_rows_are_told_by_their_list_and_its_law() -> None:
    free = make.a_record(make.a_source("members"), name="One")
    legal = make.a_record(make.a_source("register", legal_basis="Law, article 7", kept_by_law=True), name="One")
    actor = make.an_actor(free, legal)
    told = erasable(actor)
    assert next(line.named for line in told.goes if line.part.code == "rows") == ["members"]
    assert next(line.named for line in told.stays if line.part.code == "legal_rows") == ["register: Law, article 7"]
    assert whole(actor) == ({actor.pk}, [free.pk], [legal.pk])
    assert not told.two_officers


def test_who_holds_an_award_needs_two_officers() -> None:
    actor = make.an_actor(make.a_record(make.a_source(), name="One"))
    assert "stakes" not in {line.part.code for line in erasable(actor).stays}
    registry.add_stake(
        by=make.BY, actor=actor, kind=StakeKind.AWARD, names={"en": "Prize", "mn": "Prize"}, origin="tests.Award:1"
    )
    told = erasable(actor)
    assert told.two_officers
    assert "stakes" in {line.part.code for line in told.stays}
