"""Loading the code lists of the pack."""

import dataclasses

import pytest
from django.conf import settings as site

from soyol import packs
from soyol.audit import By
from soyol.audit.models import Entry
from soyol.packs import Pack
from soyol.vocab import actions, queries
from soyol.vocab.models import Scheme, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack() -> Pack:
    """The pack that the tests run with."""
    return packs.load(site.SOYOL_PACK)


@pytest.fixture
def loaded(pack: Pack, by: By) -> actions.Loaded:
    """Its code lists."""
    return actions.load_pack(pack, by=by)


def test_every_term_of_every_list_is_there_in_its_order(pack: Pack, loaded: actions.Loaded) -> None:
    for name in actions.LISTS:
        told = getattr(pack.vocab, name)
        assert [(term.code, dict(term.names)) for term in queries.terms(name)] == [
            (each.code, dict(each.names)) for each in told
        ]
    assert loaded.new == Term.objects.count()


def test_loading_again_changes_nothing_and_tells_nothing(pack: Pack, loaded: actions.Loaded, by: By) -> None:
    told = Entry.objects.count()
    assert actions.load_pack(pack, by=by) == actions.Loaded(0, 0, 0)
    assert Entry.objects.count() == told


def test_domains_lead_to_the_areas_that_the_pack_says(pack: Pack, loaded: actions.Loaded) -> None:
    wanted = {domain: sorted(areas) for domain, areas in pack.vocab.crosswalk.items() if areas}
    assert {code: sorted(areas) for code, areas in queries.mapped("domains", "areas").items()} == wanted


def test_a_renamed_and_a_dropped_term_stay_readable(pack: Pack, loaded: actions.Loaded, by: By) -> None:
    *rest, renamed, dropped = pack.vocab.occupations
    changed = dataclasses.replace(renamed, names={**renamed.names, "en": "New name"})
    vocab = dataclasses.replace(pack.vocab, occupations=(*rest, changed))
    done = actions.load_pack(dataclasses.replace(pack, vocab=vocab), by=by)
    assert done == actions.Loaded(new=0, changed=1, retired=1)
    names = queries.names("occupations", "en")
    assert names[renamed.code] == "New name"
    assert dropped.code in names
    assert dropped.code not in {term.code for term in queries.terms("occupations")}


def test_a_new_version_becomes_the_current_one_and_the_old_one_stays(
    pack: Pack, loaded: actions.Loaded, by: By
) -> None:
    vocab = dataclasses.replace(pack.vocab, version="next")
    actions.load_pack(dataclasses.replace(pack, vocab=vocab), by=by)
    versions = Scheme.objects.filter(code="domains").values_list("version", "current")
    assert sorted(versions) == sorted([(pack.vocab.version, False), ("next", True)])
    assert queries.terms("domains").count() == len(pack.vocab.domains)
