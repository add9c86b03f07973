"""The words of consents at the desk: looked at before they are published, by whom the whole country is entrusted to."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from soyol.accounts.models import User
from soyol.registry import actions
from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import ConsentText
from soyol.registry.rules.purposes import words_digest
from tests.factories.registry import BY, a_record, a_source, an_actor

pytestmark = pytest.mark.django_db
Signed = Callable[[User | None], Client]
WORDS = {"text_mn": "Надад бичиж болно.", "text_en": "You may write to me."}


@pytest.fixture
def first() -> ConsentText:
    return actions.write_first_texts(by=BY)[Purpose.CALLS]


def _post(client: Client, first: ConsentText, **more: str) -> tuple[int, str]:
    told = {**WORDS, "day": timezone.localdate().isoformat(), "asks": "yes", "after": str(first.pk), **more}
    answer = client.post(reverse("desk:consent_text", args=["calls"]), told)
    return answer.status_code, answer.content.decode()


def _digest(**texts: str) -> str:
    told = {**WORDS, **texts}
    return words_digest({code: told[f"text_{code}"] for code in ("mn", "en")})


def test_words_are_published_only_after_they_were_looked_at(
    client_of: Signed, first: ConsentText, registry_officer: User
) -> None:
    client = client_of(registry_officer)
    status, shown = _post(client, first, publish="1")
    assert (status, ConsentText.objects.filter(purpose="calls").count()) == (200, 1)
    assert (f'value="{_digest()}"' in shown, "<ins>" in shown, "<del>" in shown) == (True, True, True)
    status, _shown = _post(client, first, publish="1", seen=_digest(), text_en="You may do anything.")
    assert (status, ConsentText.objects.filter(purpose="calls").count()) == (200, 1), "changed after the look"
    assert _post(client, first, publish="1", seen=_digest())[0] == 302
    made = ConsentText.objects.get(purpose="calls", version=2)
    assert (made.texts, made.digest, made.asks) == ({"mn": WORDS["text_mn"], "en": WORDS["text_en"]}, _digest(), True)


def test_who_agreed_to_older_words_stands_on_them_and_the_page_counts_them(
    client_of: Signed, first: ConsentText, registry_officer: User
) -> None:
    actor = an_actor(a_record(a_source(), name="Dorj Bat"))
    choice = actions.choose_consent(
        by=BY, actor=actor, purpose=Purpose.CALLS, given=True, language="mn", channel=Channel.OWN
    )
    client = client_of(registry_officer)
    _post(client, first, publish="1", seen=_digest(), asks="no")
    choice.refresh_from_db()
    assert (choice.text, choice.text.digest) == (first, first.digest)
    found = client.get(reverse("desk:consent_texts")).context["purposes"]
    counted = {purpose.value: [(one.text.version, one.agreed) for one in versions] for purpose, versions in found}
    assert counted["calls"] == [(2, 0), (1, 1)]
    assert first.digest[:16] in client.get(reverse("desk:consent_texts")).content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text_mn": ""}, "text_mn"),
        ({"day": "2000-01-01"}, "day"),
        ({"day": "tomorrow"}, "day"),
        ({"asks": "perhaps"}, "asks"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(
    more: dict[str, str], field: str, client_of: Signed, first: ConsentText, registry_officer: User
) -> None:
    texts = {name: value for name, value in more.items() if name.startswith("text_")}
    address = reverse("desk:consent_text", args=["calls"])
    told = {**WORDS, "day": timezone.localdate().isoformat(), "asks": "yes", "after": str(first.pk), "publish": "1"}
    answer = client_of(registry_officer).post(address, {**told, "seen": _digest(**texts), **more})
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert ConsentText.objects.count() == len(Purpose)


def test_words_that_a_colleague_wrote_meanwhile_are_not_written_over(
    client_of: Signed, first: ConsentText, registry_officer: User
) -> None:
    actions.write_text(by=BY, purpose=Purpose.CALLS, texts={"mn": "өөр", "en": "other"})
    status, _shown = _post(client_of(registry_officer), first, publish="1", seen=_digest())
    assert (status, ConsentText.objects.filter(purpose="calls").count()) == (422, 2)


def test_only_who_runs_the_registry_of_the_whole_country_writes_them(
    client_of: Signed, first: ConsentText, province_officer: User, administrator: User
) -> None:
    for user in (province_officer, administrator):
        assert _post(client_of(user), first, publish="1", seen=_digest())[0] == 403
    assert client_of(province_officer).get(reverse("desk:consent_texts")).status_code == 403
    assert ConsentText.objects.filter(purpose="calls").count() == 1


def test_a_purpose_that_there_is_not_is_not_found(client_of: Signed, registry_officer: User) -> None:
    assert client_of(registry_officer).get(reverse("desk:consent_text", args=["sale"])).status_code == 404
