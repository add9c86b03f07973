"""A site with one real thing behind every kind of address, for asking every page as everybody."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.accounts.models import User
from soyol.audit import By
from soyol.certificates import actions as certificates
from soyol.certificates.queries import code_of
from soyol.claims import actions as claims
from soyol.claims.actions.opening import hold_by, new_claim, proved
from soyol.claims.choices import Capacity, Proof
from soyol.files import actions as files
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.letters.models import Delivery
from soyol.letters.queries import way_out
from soyol.notices import actions as notices
from soyol.notices.choices import Channel
from soyol.profiles.queries import earlier_of, profile_of
from soyol.registry import actions as registry
from soyol.registry.choices import RunState
from soyol.registry.models import Actor, Check, Lesson, LinkageRun, ReviewPair, Sample, Statement
from soyol.sources import actions as sources
from soyol.sources.models import Source
from soyol.surveys import actions as surveys
from tests.factories import accounts as make_accounts
from tests.factories import letters as make_letters
from tests.factories import lists
from tests.factories import profiles as make_profiles
from tests.factories import protection as make_protection
from tests.factories import registry as make
from tests.factories import surveys as make_surveys
from tests.factories.bodies import a_body
from tests.factories.questions import a_question
from tests.factories.rights import a_request
from tests.workspace.conftest import TOLD, World

#: The cast of the canon, and an officer whose grant is for one body.
CAST = (
    "visitor",
    "artist",
    "curator",
    "registry_officer",
    "province_officer",
    "officer_elsewhere",
    "body_officer",
    "coordinator",
    "administrator",
)
ROW = f"{TOLD.person},,,"
#: What a lesson tells.
_HELD = {"before": {"loss": 0.5, "wrong": 9}, "after": {"loss": 0.4, "wrong": 7}}
_FOUND = {"entries": 5, "joined": 2, "asked": 1}
LEARNT = {
    "told": {
        "persons": {
            "answers": 40, "same": 20, "shift": 0.5, "corrections": {"persons.given.equal": -1.25}, **_HELD,
        },
        "organisations": {"answers": 3, "same": 1, "shift": 0.0, "corrections": {}, "before": None, "after": None},
    },
    "trial": {"before": _FOUND, "after": {**_FOUND, "entries": 4}, "joins": 1, "parts": 0, "join": [], "part": []},
}  # fmt: skip
#: Of the private person.
PERSON_NUMBER = "QQ80010199"


@dataclass(frozen=True)
class House:
    """Everybody by name, and what addresses and forms are made of."""

    cast: dict[str, User | None]
    numbers: dict[str, object]


def furnished(world: World) -> House:
    """A list of a body beside those of the world, a file in work in each, and work, runs, grants and filters."""
    owned = make.a_source("owned", body=a_body())
    cast = {**world.cast, "body_officer": make_accounts.user(Role.REGISTRY_OFFICER, body=owned.body)}
    numbers = {
        **world.numbers,
        "owned": owned.code,
        "body": owned.body_id,
        "person_name": TOLD.person,
        "shown": TOLD.shown,
        "asked": TOLD.given,
        "today": timezone.localdate().isoformat(),
        "unit": world.local.unit_id,
        "phone": TOLD.phone(22),
        "colleague": make_accounts.user(Role.REGISTRY_OFFICER).pk,
    }
    numbers |= _of_the_registry(world)
    numbers |= _of_work(world, owned, _account(cast, "registry_officer"))
    numbers |= _of_surveys()
    numbers |= _of_holders(world, _account(cast, "artist"))
    numbers["message"] = _message(world)
    numbers |= _of_letters(world, _account(cast, "registry_officer"))
    numbers |= _of_certificates(world)
    numbers["loss"] = make_protection.a_listed_loss(world.person).pk
    numbers |= _of_accounts(*(_account(cast, who) for who in ("administrator", "curator", "registry_officer")))
    return House(cast, numbers)


def _account(cast: dict[str, User | None], who: str) -> User:
    user = cast[who]
    assert user is not None
    return user


def _of_the_registry(world: World) -> dict[str, object]:
    """A second row of the private person, a merged twin, another private person, a tie and a run."""
    secret = make.a_record(world.local, name=TOLD.person, unit=world.local.unit_id, person_number=PERSON_NUMBER)
    twin = make.an_actor(secret)
    change = registry.merge(by=make.BY, keep=world.person, absorb=twin, reason="Same man")
    other = make.an_actor(make.a_record(world.local, name=TOLD.shown, unit=world.local.unit_id))
    run = LinkageRun.objects.create(engine="duckdb", state=RunState.APPLIED, by_name="tests", ended_at=timezone.now())
    return {
        "twin": twin.number,
        "other": other.number,
        "second_record": secret.pk,
        "secret": Statement.objects.get(field="person_number").pk,
        "change": change.pk,
        "tie": registry.add_membership(by=make.BY, member=world.person, body=world.company, reason="A letter").pk,
        "run": run.pk,
        "question": a_question(world.person, other, run=run).pk,
        "twin_pk": twin.pk,
        "other_pk": other.pk,
        "lesson": Lesson.objects.create(made_at=timezone.now(), by_name="tests", **LEARNT).pk,
        **_torn(world),
        **_asked_by_people(world),
        "check": _drawn(run),
    }


def _asked_by_people(world: World) -> dict[str, object]:
    """A telephone number that the private person proposes, with a letter."""
    request = a_request(world.person, phone=TOLD.phone(23))
    return {"request": request.pk, "evidence": request.evidence.get().pk}


def _drawn(run: LinkageRun) -> int:
    """A sample of the run with one pair to check: the one that is asked about."""
    sample = Sample.objects.create(run=run, drawn_at=timezone.now(), by_name="tests", sizes={"asked": 1})
    asked = ReviewPair.objects.filter(run=run)[0]
    check = Check.objects.create(sample=sample, stratum="asked", a_id=asked.a_id, b_id=asked.b_id, place=0)
    return int(check.pk)


def _torn(world: World) -> dict[str, object]:
    """An entry about whose birth two lists contradict each other, and a rule about other lists."""
    told = {"name": TOLD.shown, "unit": world.local.unit_id}
    rows = [
        make.a_record(source, **told, birth_date=day)
        for source, day in ((world.local, "1970"), (make.a_source("torn"), "1971"))
    ]
    torn = make.an_actor(*rows)
    rule = registry.believe(
        by=make.BY, field="unit", better=world.local, worse=world.national, reason="The province knows"
    )
    return {
        "torn": torn.number,
        "torn_value": Statement.objects.filter(record=rows[0], field="birth_date").get().pk,
        "rule": rule.pk,
    }


def _of_work(world: World, owned: Source, officer: User) -> dict[str, object]:
    """A file in work on the list of the province and on that of the body, work on both, a workbook, a saved filter."""
    fresh = sources.read_batch(by=make.BY, batch=lists.received(world.local, [ROW]))
    owned_fresh = sources.read_batch(by=make.BY, batch=lists.received(owned, [f"{TOLD.shown},,,"]))
    saved = registry.save_filter(by=officer.by, user_id=officer.pk, name="Companies", query={"kind": "organisation"})
    return {
        "fresh": fresh.pk,
        "owned_fresh": owned_fresh.pk,
        "filter": saved.pk,
        "job": jobs.enqueue("sources.read", {"batch": fresh.pk}, by=officer.by).pk,
        "owned_job": jobs.enqueue("registry.give_back", {"source": owned.pk}, by=officer.by).pk,
        "export": _export(officer).pk,
    }


def _of_surveys() -> dict[str, object]:
    """A survey of the whole country that is open, answers out of the province, some that are being written, a file."""
    with TemporaryDirectory() as folder:
        version = make_surveys.an_open_version(Path(folder))
        kept = make_surveys.a_file_of_answers(version, Path(folder))
    _draft, token = surveys.begin(by=By.public(), version=version)
    return {
        "survey": version.survey.code,
        "survey_version": version.pk,
        "submission": make_surveys.sent(version).pk,
        "draft": token,
        "answer_file": kept.pk,
    }


def _of_holders(world: World, artist: User) -> dict[str, object]:
    """What the artist holds, represents and has asked for; a claim of somebody else with a document."""
    unit = world.local.unit_id
    held = make.an_actor(make.a_record(world.local, name=TOLD.shown, unit=unit))
    hold = proved(by=make.BY, user=artist, actor=held, proof=Proof.DOCUMENT)
    body = make.an_actor(make.a_record(world.national, kind="organisation", name=TOLD.company_branch, unit=unit))
    represents = new_claim(artist, Capacity.REPRESENTATIVE, Proof.DOCUMENT, actor=body)
    represents.save()
    offer = claims.offer_handover(by=make.BY, hold=hold_by(by=make.BY, claim=represents), leaving=False)
    stored = files.keep(by=make.BY, name="passport.png", content=BytesIO(b"\x89PNG\r\n\x1a\npicture"), personal=True)
    told = {"name": TOLD.shown, "contact": TOLD.phone(23)}
    somebody, more = make_accounts.user(), {"told": told, "unit": str(unit), "capacity": Capacity.SELF}
    return {
        "held": held.number,
        **_of_profiles(artist, held, body),
        "hold": hold.pk,
        "held_body": body.number,
        "held_certificate": certificates.issue(by=make.BY, actor=body, for_holder=True).number,
        "handover": offer.handover.pk,
        "handover_token": offer.token,
        "attempt": claims.ask_code(by=artist.by, user=artist, name=TOLD.shown, contact="nobody@example.org").pk,
        "claim": claims.claim(by=somebody.by, user=somebody, document=stored, **more).pk,
        "own_claim": claims.claim(by=artist.by, user=artist, **{**more, "actor": held}).pk,
        "text": registry.write_first_texts(by=make.BY)["calls"].pk,
    }


def _message(world: World) -> int:
    """A text message about the private person, which names nobody."""
    told = {"address": TOLD.phone(22), "subject": "", "body": "1234", "purpose": "tests.code"}
    about = f"registry.Actor:{world.person.number}"
    return notices.send(by=make.BY, channel=Channel.SMS, about=about, forget_body=True, **told).pk


def _of_letters(world: World, officer: User) -> dict[str, object]:
    """A letter to the people of the province, and the way out of one that the private person got."""
    letter = make_letters.a_letter(officer, unit=world.local.unit_id)
    sent = Delivery.objects.create(letter=letter, actor=world.person, channel=Channel.MAIL, language="mn")
    return {"letter": letter.pk, "way_out": way_out(sent).rstrip("/").rpartition("/")[2]}


def _of_certificates(world: World) -> dict[str, object]:
    """A certificate of the public company, and one of the private person."""
    company = certificates.issue(by=make.BY, actor=world.company)
    return {
        "certificate": company.number,
        "certificate_token": company.token,
        "certificate_code": code_of(company),
        "person_certificate": certificates.issue(by=make.BY, actor=world.person).number,
    }


def _of_recoveries(officer: User) -> dict[str, object]:
    """An account whose address is lost, and another one that changes hands."""
    recovery, token = make_accounts.a_recovery(by=officer)
    return {"lost": make_accounts.alone().pk, "recovery": recovery.pk, "recovery_token": token}


def _of_accounts(administrator: User, curator: User, officer: User) -> dict[str, object]:
    """An open invitation, a link to enter by, an account and its grant, accounts whose address is lost."""
    invited = accounts.invite(by=administrator, email="new@example.org", name="New Person", role=Role.CURATOR)
    return {
        "invitation": invited.invitation.pk,
        "invitation_token": invited.token,
        "entry_token": accounts.mint_sample_link(by=make.BY, user=curator),
        "account": curator.pk,
        **_of_recoveries(officer),
        "grant": curator.grants.get().pk,
    }


def _of_profiles(artist: User, held: Actor, body: Actor) -> dict[str, object]:
    """What the artist says of themselves, which nobody else sees, and of the body, which everybody does."""
    for actor in (held, body):
        make_profiles.wrote(artist, actor, words=make_profiles.WORDS if actor == held else "Words of the body")
        make_profiles.wrote(
            artist, actor, words=f"{make_profiles.WORDS} again" if actor == held else "More of the body"
        )
    private, public = make_profiles.photographed(artist, held), make_profiles.photographed(artist, body)
    told = profile_of(held)
    assert told is not None
    return {
        "own_photo": private.digest,
        "body_photo": public.digest,
        "own_version": told.version,
        "own_earlier": earlier_of(told)[0].pk,
    }


def _export(officer: User) -> Job:
    """A workbook that the officer had made."""
    stored = files.keep(by=officer.by, name="list.xlsx", content=BytesIO(b"rows"), personal=True)
    job = jobs.enqueue("registry.export", {}, by=officer.by)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DONE, ended_at=timezone.now(), result={"file": str(stored.pk), "rows": 1}
    )
    return job


class Asker:
    """Asks as one of the cast; whatever an answer changed is undone, so that each finds the same house."""

    def __init__(self, client: Client) -> None:
        self.client = client
        client.defaults["HTTP_HOST"] = "localhost"  # one-time links exist on this machine only
        self.cookies = client.cookies.output(header="", sep=";")

    def ask(self, method: str, address: str, told: dict[str, object]) -> tuple[int, str]:
        """Status and body of the answer."""
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            answer = self.client.post(address, told) if method == "POST" else self.client.get(address)
            body = _body(answer)
            transaction.set_rollback(True)
        return answer.status_code, body


def _body(answer: HttpResponseBase) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="replace")  # type: ignore[arg-type]
    return str(getattr(answer, "content", b"").decode(errors="replace"))
