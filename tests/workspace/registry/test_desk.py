"""The review desk: who sees which question, what an answer does, and that it works by script and without."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.translation import gettext

from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit.choices import EntryKind
from soyol.audit.models import Entry
from soyol.places.models import Unit
from soyol.registry import actions
from soyol.registry.choices import StakeKind
from soyol.registry.models import Actor, Question
from soyol.workspace.looks import DESK
from tests.factories import accounts as make_accounts
from tests.factories import registry as make
from tests.factories.questions import a_question, a_run
from tests.workspace.conftest import TOLD

pytestmark = pytest.mark.django_db

Signed = Callable[[User | None], Client]
SCRIPT = {"HX-Request": "true", "HX-Target": "question"}


def _two(unit: Unit, name: str = TOLD.shown) -> tuple[Actor, Actor]:
    source = make.a_source()
    one, other = make.people(
        source,
        [{"name": name, "unit": unit.code, "birth_date": day, "phones": [TOLD.phone(1)]} for day in ("1980", "1981")],
    )
    return one, other


@pytest.fixture
def asked(here: Unit) -> Question:
    return a_question(*_two(here))


def test_the_queue_leads_to_the_question_whose_answer_is_worth_most(
    here: Unit, registry_officer: User, client_of: Signed
) -> None:
    run = a_run()
    low = a_question(*_two(here), run=run, worth=-1.0)
    high = a_question(*_two(here), run=run, worth=5.0)
    client = client_of(registry_officer)
    assert client.get("/desk/review/")["Location"] == f"/desk/review/{high.pk}/"
    assert client.get(f"/desk/review/?after={high.pk}")["Location"] == f"/desk/review/{low.pk}/"
    assert client.get(f"/desk/review/?after={low.pk}")["Location"] == f"/desk/review/{high.pk}/"


def test_a_question_shows_both_entries_with_what_differs_lit(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    answer = client_of(registry_officer).get(f"/desk/review/{asked.pk}/")
    page = answer.content.decode()
    assert [head.number for head in answer.context["beside"].heads] == [asked.left.number, asked.right.number]
    assert "198<mark>0</mark>" in page
    assert "198<mark>1</mark>" in page
    same = {line.name: line.same for line in answer.context["beside"].lines}
    assert sorted(map(str, same.values())) == ["False", "True", "True", "True"]


def test_the_look_at_both_is_written_down(asked: Question, registry_officer: User, client_of: Signed) -> None:
    client_of(registry_officer).get(f"/desk/review/{asked.pk}/")
    looks = Entry.objects.filter(kind=EntryKind.LOOKED, actor_id=str(registry_officer.pk))
    assert {look.target for look in looks} == {f"registry.Actor:{side.number}" for side in (asked.left, asked.right)}
    assert {look.told["purpose"] for look in looks} == {DESK}
    assert all({"name", "birth_date", "phones"} <= set(look.told["fields"]) for look in looks)


def test_an_answer_leads_on_to_the_next_question(
    here: Unit, asked: Question, registry_officer: User, client_of: Signed
) -> None:
    following = a_question(*_two(here), worth=-3.0)
    client = client_of(registry_officer)
    told = {"verdict": "different", "version": asked.version, "note": "Twins"}
    answer = client.post(f"/desk/review/{asked.pk}/answer/", told)
    assert answer["Location"] == f"/desk/review/?after={asked.pk}"
    assert client.get(answer["Location"])["Location"] == f"/desk/review/{following.pk}/"
    asked.refresh_from_db()
    assert (asked.state, asked.change.kind, asked.change.reason) == ("decided", "apart", "Twins")


def test_the_script_is_told_which_question_is_next_and_how_many_were_answered(
    here: Unit, asked: Question, registry_officer: User, client_of: Signed
) -> None:
    following = a_question(*_two(here), worth=-3.0)
    client = client_of(registry_officer)
    told = {"verdict": "same", "version": asked.version}
    answer = client.post(f"/desk/review/{asked.pk}/answer/", told, headers=SCRIPT)
    assert (answer.status_code, answer["X-Soyol-Next"], answer["X-Soyol-Today"]) == (204, f"{following.pk}:1", "1")
    again = client.post(f"/desk/review/{asked.pk}/answer/", told, headers=SCRIPT)
    assert (again.status_code, "text/plain" in again["Content-Type"]) == (409, True)
    part = client.get(f"/desk/review/?after={asked.pk}", headers=SCRIPT, follow=True).content.decode()
    assert part.strip().startswith('<section id="question"')


def test_an_answer_without_a_verdict_is_asked_again(asked: Question, registry_officer: User, client_of: Signed) -> None:
    answer = client_of(registry_officer).post(f"/desk/review/{asked.pk}/answer/", {"version": asked.version})
    assert (answer.status_code, Question.objects.get(pk=asked.pk).state) == (422, "open")


def test_the_last_answer_is_taken_back(asked: Question, registry_officer: User, client_of: Signed) -> None:
    client = client_of(registry_officer)
    client.post(f"/desk/review/{asked.pk}/answer/", {"verdict": "same", "version": asked.version})
    assert client.post("/desk/review/take-back/")["Location"] == f"/desk/review/{asked.pk}/"
    asked.refresh_from_db()
    assert asked.state == "open"
    assert set(Actor.objects.values_list("state", flat=True)) == {"active"}
    assert client.post("/desk/review/take-back/")["Location"] == "/desk/review/"


def test_what_lies_outside_of_ones_places_by_now_is_not_taken_back(
    asked: Question, elsewhere: Unit, client_of: Signed
) -> None:
    officer = make_accounts.user(Role.REGISTRY_OFFICER)
    client = client_of(officer)
    client.post(f"/desk/review/{asked.pk}/answer/", {"verdict": "same", "version": asked.version})
    officer.grants.update(unit=elsewhere)
    assert client.post("/desk/review/take-back/").status_code == 404
    asked.refresh_from_db()
    assert asked.state == "decided"


def test_no_two_fields_of_a_question_share_a_name(asked: Question, registry_officer: User, client_of: Signed) -> None:
    make_accounts.user(Role.REGISTRY_OFFICER)  # somebody to ask
    page = client_of(registry_officer).get(f"/desk/review/{asked.pk}/").content.decode()
    named = re.findall(r'\sid="([^"]+)"', page)
    assert "ask_note" in named
    assert [each for each in set(named) if named.count(each) > 1] == []


def test_what_one_has_on_the_screen_another_is_not_led_to(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    client_of(registry_officer).get(f"/desk/review/{asked.pk}/")
    other = client_of(make_accounts.user(Role.REGISTRY_OFFICER))
    assert other.get("/desk/review/").status_code == 200, "nothing waits for them"
    assert other.get(f"/desk/review/{asked.pk}/").status_code == 200, "but who has the address may look"


def test_a_question_of_another_place_is_not_found(asked: Question, elsewhere: Unit, client_of: Signed) -> None:
    client = client_of(make_accounts.user(Role.REGISTRY_OFFICER, unit=elsewhere))
    told = {"verdict": "same", "version": asked.version}
    addresses = [f"/desk/review/{asked.pk}/{part}" for part in ("", "together/")]
    posts = [client.post(f"/desk/review/{asked.pk}/{part}/", told) for part in ("answer", "ask", "give-back")]
    assert [answer.status_code for answer in [*map(client.get, addresses), *posts]] == [404] * 5
    assert client.get("/desk/review/").context["open"] == 0


def test_a_colleague_who_is_asked_finds_the_question_first(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    other = make_accounts.user(Role.REGISTRY_OFFICER)
    told = {"colleague": other.pk, "note": "You know her", "version": asked.version}
    client_of(registry_officer).post(f"/desk/review/{asked.pk}/ask/", told)
    theirs, mine = client_of(other), client_of(registry_officer)
    assert mine.get("/desk/review/").status_code == 200, "it is nobody else's now"
    assert theirs.get("/desk/review/?mine=True")["Location"] == f"/desk/review/{asked.pk}/?mine=True"
    page = theirs.get(f"/desk/review/{asked.pk}/").content.decode()
    assert "You know her" in page
    theirs.post(f"/desk/review/{asked.pk}/give-back/")
    assert mine.get("/desk/review/")["Location"] == f"/desk/review/{asked.pk}/"


def test_nobody_is_asked_who_may_not_see_the_question(
    asked: Question, elsewhere: Unit, registry_officer: User, client_of: Signed
) -> None:
    stranger = make_accounts.user(Role.REGISTRY_OFFICER, unit=elsewhere)
    told = {"colleague": stranger.pk, "version": asked.version}
    answer = client_of(registry_officer).post(f"/desk/review/{asked.pk}/ask/", told)
    assert (answer.status_code, Question.objects.get(pk=asked.pk).asked_of) == (422, None)


def test_where_money_hangs_on_it_nobody_learns_what_the_first_said(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    actions.add_stake(by=make.BY, actor=asked.left, kind=StakeKind.MONEY, names={"en": "Grant"}, origin="tests.Grant:1")
    client = client_of(registry_officer)
    client.post(
        f"/desk/review/{asked.pk}/answer/", {"verdict": "different", "version": asked.version, "note": "Secret note"}
    )
    second = client_of(make_accounts.user(Role.REGISTRY_OFFICER))
    answer = second.get(f"/desk/review/{asked.pk}/")
    assert (len(answer.context["others"]), "Secret note" in answer.content.decode()) == (1, False)
    assert registry_officer.name not in answer.content.decode()
    assert second.get("/desk/review/?mine=True")["Location"].startswith(f"/desk/review/{asked.pk}/")
    assert client.get("/desk/review/").status_code == 200, "who has answered is not asked again"


def test_the_queue_is_narrowed_by_what_questions_tell(
    here: Unit, elsewhere: Unit, registry_officer: User, client_of: Signed
) -> None:
    run = a_run()
    first = a_question(*_two(here), run=run, worth=5.0)
    second = a_question(*_two(elsewhere), run=run)
    client = client_of(registry_officer)

    def leads(query: str) -> int:
        answer = client.get(f"/desk/review/?{query}")
        return int(answer["Location"].split("/")[3]) if answer.status_code == 302 else 0

    assert leads(f"region={elsewhere.code}") == second.pk
    assert leads(f"source={second.sources_text.strip(',')}") == second.pk
    assert leads("reason=persons.given.equal") == first.pk
    assert leads("kind=organisation") == 0
    assert leads("staked=1") == 0
    page = client.get(f"/desk/review/{second.pk}/?region={elsewhere.code}").content.decode()
    assert f'action="/desk/review/{second.pk}/answer/?region={elsewhere.code}"' in page


def _staked(asked: Question) -> None:
    actions.add_stake(by=make.BY, actor=asked.left, kind=StakeKind.MONEY, names={"en": "Grant"}, origin="tests.Grant:1")


@pytest.mark.parametrize("headers", [SCRIPT, {}], ids=["script", "plain"])
def test_who_answered_second_learns_what_the_first_said_and_that_they_disagree(
    asked: Question, registry_officer: User, client_of: Signed, headers: dict[str, str]
) -> None:
    _staked(asked)
    told = {"verdict": "different", "version": asked.version}
    client_of(registry_officer).post(f"/desk/review/{asked.pk}/answer/", told)
    second = client_of(make_accounts.user(Role.REGISTRY_OFFICER))
    answer = second.post(f"/desk/review/{asked.pk}/answer/", {**told, "verdict": "same"}, headers=headers)
    said = unquote(answer.get("X-Soyol-Told", "")) if headers else second.get("/desk/review/").content.decode()
    assert registry_officer.name in said
    assert gettext("One more person decides.") in said
    asked.refresh_from_db()
    assert asked.state == "open"
    page = client_of(registry_officer).get(f"/desk/review/{asked.pk}/")
    assert [one.verdict for one in page.context["others"]] == ["same"]


def test_whoever_has_answered_is_not_offered_as_a_colleague(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    other = make_accounts.user(Role.REGISTRY_OFFICER)
    mine = client_of(registry_officer)
    offered = mine.get(f"/desk/review/{asked.pk}/").context["ask_form"].fields["colleague"].choices
    assert [pk for pk, _name in offered] == [other.pk]
    client_of(other).post(f"/desk/review/{asked.pk}/answer/", {"verdict": "unsure", "version": asked.version})
    assert mine.get(f"/desk/review/{asked.pk}/").context["ask_form"] is None


def test_a_closed_question_says_so_and_asks_nothing(asked: Question, registry_officer: User, client_of: Signed) -> None:
    client = client_of(registry_officer)
    client.post(f"/desk/review/{asked.pk}/answer/", {"verdict": "different", "version": asked.version})
    page = client.get(f"/desk/review/{asked.pk}/")
    assert (page.context["closed"], f"/desk/review/{asked.pk}/answer/" in page.content.decode()) == (True, False)


def test_what_has_become_one_leads_to_the_entry(asked: Question, registry_officer: User, client_of: Signed) -> None:
    client = client_of(registry_officer)
    client.post(f"/desk/review/{asked.pk}/answer/", {"verdict": "same", "version": asked.version})
    answer = client.get(f"/desk/review/{asked.pk}/")
    assert answer["Location"] == f"/desk/entries/{asked.left.number}/"


def test_the_way_back_is_offered_after_the_last_answer_too(
    asked: Question, registry_officer: User, client_of: Signed
) -> None:
    client = client_of(registry_officer)
    before = client.get(f"/desk/review/{asked.pk}/").content.decode()
    assert "data-desk-back hidden" in before, "the script shows it once one answer was sent"
    client.post(f"/desk/review/{asked.pk}/answer/", {"verdict": "different", "version": asked.version})
    after = client.get("/desk/review/").content.decode()
    assert ("data-desk-back" in after, "data-desk-back hidden" in after) == (True, False)


def test_enter_in_the_note_presses_no_answer(asked: Question, registry_officer: User, client_of: Signed) -> None:
    page = client_of(registry_officer).get(f"/desk/review/{asked.pk}/").content.decode()
    form = page[page.index('id="answer"') :]
    assert form.index("<button disabled hidden>") < form.index('name="verdict"')
