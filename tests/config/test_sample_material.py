"""Sample material says so, and what invented people have received is written down once."""

import tomllib

import pytest
from django.conf import settings

from config.sample_material import PLACE, give_stakes
from soyol.fields import LanguageMap
from soyol.registry.models import Stake
from soyol.sources.models import SourceRecord
from tests.factories.registry import a_record, a_source, an_actor

pytestmark = pytest.mark.django_db


def test_what_invented_people_have_received_is_theirs_however_often_it_is_told() -> None:
    told = tomllib.loads((PLACE / "samples.toml").read_text(encoding="utf-8"))["stake"]
    mine = [one for one in told if one["pack"] == settings.SOYOL_PACK]
    assert mine
    sources = {code: a_source(code) for code in sorted({one["list"] for one in mine})}
    actors = []
    for one in mine:
        record = a_record(sources[one["list"]], name="Dorj Bat")
        SourceRecord.objects.filter(pk=record.pk).update(row=one["row"])
        actors.append(an_actor(record).pk)
    give_stakes()
    give_stakes()
    given = Stake.objects.order_by("origin")
    assert [each.actor_id for each in given] == actors
    assert [each.kind for each in given] == [one["kind"] for one in mine]
    assert all("invented" in LanguageMap(each.names).best("en") for each in given)
