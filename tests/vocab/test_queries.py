"""What the code lists say of their terms."""

import pytest
from django.conf import settings

from soyol import packs
from soyol.audit import By
from soyol.vocab import queries
from soyol.vocab.actions import load_pack

pytestmark = pytest.mark.django_db


def test_each_occupation_has_the_domain_and_step_that_the_pack_gives_it(by: By) -> None:
    pack = packs.load(settings.SOYOL_PACK)
    load_pack(pack, by=by)
    told = {term.code: (term.domain, term.step) for term in pack.vocab.occupations}
    found = {code: (trade.get("domain", ""), trade.get("step", "")) for code, trade in queries.trades().items()}
    assert found == told
    assert {step for _domain, step in found.values() if step} <= set(queries.names("steps"))
