"""What was held about whom in a window: by kind of data, with fields and counts."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from soyol.fields.keeping import rows
from soyol.protection.queries.held import ENTRY, KIND_OF, KINDS, PIECES, People
from soyol.protection.rules import Window
from soyol.registry import actions as registry
from soyol.registry.models import Actor, Statement
from soyol.registry.rules import FIELDS
from tests.factories import registry as make
from tests.protection.everything import built

pytestmark = pytest.mark.django_db
#: Tables of persons that are in no kind of data that can be lost by itself, with the reason.
NOBODYS = {
    "accounts.EntryLink": "of invented accounts",
    "accounts.Grant": "roles of accounts: their names are told with the accounts",
    "accounts.Invitation": "of somebody who has no account yet; its address stands in the outbox",
    "accounts.Recovery": "its address stands in the outbox",
    "account.EmailConfirmation": "goes with the address",
    "certificates.Series": "a number",
    "claims.Attempt": "hashes",
    "claims.Handover": "hashes",
    "jobs.Job": "numbers of rows, no values",
    "letters.Letter": "what an office wrote",
    "profiles.Earlier": "what stood in own words before, told with them",
    "protection.Affected": "whom another loss concerned, by number",
    "protection.Loss": "what an office wrote",
    "registry.Actor": "public numbers",
    "registry.Change": "history without values",
    "registry.Check": "pairs of rows, which are told themselves",
    "registry.ConsentText": "words of an office",
    "registry.FacetCell": "counts",
    "registry.Filling": "counts",
    "registry.Fullness": "counts",
    "registry.Identity": "whose a row is, which is told with the row",
    "registry.Judgement": "pairs of rows, which are told themselves",
    "registry.LeftBoth": "hashes",
    "registry.Lesson": "weights",
    "registry.LinkageRun": "counts",
    "registry.NumberSeries": "a number",
    "registry.Opinion": "pairs of entries, which are told themselves",
    "registry.Proof": "how values are known, which are told themselves",
    "registry.Question": "pairs of entries, which are told themselves",
    "registry.ReviewPair": "pairs of rows, which are told themselves",
    "registry.RunPair": "pairs of rows, which are told themselves",
    "registry.Sample": "counts",
    "registry.SavedFilter": "of officers",
    "registry.SearchDeletion": "hashes",
    "registry.SearchForm": "spellings of names, whoever bears them",
    "registry.TrustRule": "about lists",
    "rights.Agreement": "of officers",
    "sessions.Session": "who was signed in",
    "sources.ErasedRow": "hashes",
    "sources.Sighting": "lines of files, which are told themselves",
    "sources.Source": "about lists",
    "surveys.Draft": "nobody knows whose it is before it is sent",
}


def told(code: str, window: Window) -> Counter[tuple[tuple[str, int], str]]:
    """What a kind of data tells of whom."""
    found: Counter[tuple[tuple[str, int], str]] = Counter()
    for whose, field, count in KIND_OF[code].told(People(), window):
        found[whose, field] += count
    return found


def around(moment: datetime | None = None) -> Window:
    """An hour before and after."""
    at = moment or timezone.now()
    return Window(at - timedelta(hours=1), at + timedelta(hours=1))


def person(name: str = "Dorj Bat", **values: object) -> Actor:
    """Somebody with a name and a telephone."""
    return make.an_actor(make.a_record(make.a_source(), name=name, phones=["99112233"], **values))


def test_every_table_of_persons_is_in_a_kind_of_data_or_has_a_reason() -> None:
    kinds = {model for kind in KINDS for model in kind.models}
    of_persons = {model for row in rows() if row.is_personal for model in row.models}
    assert of_persons - kinds - set(NOBODYS) == set()
    assert kinds & set(NOBODYS) == set()
    assert (kinds | set(NOBODYS)) <= {model._meta.label for model in apps.get_models()}


def test_values_are_told_by_person_and_field_with_their_count() -> None:
    one, other = person(), person("Other Person")
    more = make.a_record(make.a_source(), name="Dorj Bat", phones=["99112233", "99112244"])
    registry.merge(by=make.BY, keep=one, absorb=make.an_actor(more), reason="Same man")
    found = told("values", around())
    assert found[(ENTRY, one.pk), "phones"] == 3
    assert found[(ENTRY, other.pk), "phones"] == 1
    assert {whose for whose, _field in found} == {(ENTRY, one.pk), (ENTRY, other.pk)}
    assert {field for _whose, field in found} <= set(FIELDS)


def test_organisations_concern_nobody() -> None:
    make.an_actor(make.a_record(make.a_source(), kind="organisation", name="A Company"))
    assert {code: told(code, around()) for code in KIND_OF} == {code: Counter() for code in KIND_OF}


def test_only_values_that_counted_in_the_window_are_told() -> None:
    actor, now = person(), timezone.now()
    Statement.objects.filter(field="phones").update(
        recorded_from=now - timedelta(days=20), recorded_to=now - timedelta(days=10)
    )
    Statement.objects.filter(field="name").update(recorded_from=now - timedelta(days=5))

    def fields(first: int, last: int) -> set[str]:
        window = Window(now - timedelta(days=first), now - timedelta(days=last))
        return {field for whose, field in told("values", window) if whose == (ENTRY, actor.pk)}

    assert fields(40, 30) == set()
    assert fields(30, 15) == {"phones"}
    assert fields(15, 6) == {"phones"}
    assert fields(9, 6) == set()
    assert fields(4, 3) == {"name"}


@pytest.mark.long
@pytest.mark.usefixtures("country", "reads_here")
def test_every_kind_of_data_is_found_where_there_is_some(tmp_path: Path) -> None:
    built(tmp_path)
    somebody = person()
    registry.add_stake(by=make.BY, actor=somebody, kind="money", names={"en": "A grant"}, origin="tests.Grant:1")
    body = make.an_actor(make.a_record(make.a_source(), kind="organisation", name="A Company"))
    registry.add_membership(by=make.BY, member=somebody, body=body, reason="A letter")
    registry.write_first_texts(by=make.BY)
    registry.choose_consent(by=make.BY, actor=somebody, purpose="calls", given=True, language="en", channel="own")
    empty = {code for code in KIND_OF if not told(code, around())}
    assert empty <= {"log", "answers", "files"}
    before = Window(timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=8))
    assert {code for code in KIND_OF if told(code, before)} == set()


def test_every_piece_has_words_in_both_languages() -> None:
    from soyol.protection.queries.affected import field_words, kind_words

    with override("mn"):
        assert not {field_words(code) for code in PIECES} & set(PIECES.values())
        assert not {kind_words(kind.code) for kind in KINDS} & {kind.what for kind in KINDS}
