"""A site with rows of every kind that goes some day, and what is written down by hand of what becomes of each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from soyol.accounts import actions as accounts
from soyol.accounts.choices import Role
from soyol.accounts.models import EntryLink, User
from soyol.certificates import actions as certificates
from soyol.claims import actions as claims
from soyol.claims.actions.holding import end_hold
from soyol.claims.choices import ClaimState
from soyol.claims.models import Claim, Handover
from soyol.files import actions as files
from soyol.files.models import StoredFile
from soyol.jobs import actions as jobs
from soyol.jobs.choices import JobState
from soyol.jobs.models import Job
from soyol.letters.models import Asking, Delivery
from soyol.notices import actions as notices
from soyol.notices.choices import Channel, MessageState
from soyol.notices.models import Message
from soyol.profiles.models import Earlier
from soyol.protection.models import Affected, Loss
from soyol.registry import actions as registry
from soyol.registry.choices import PairState
from soyol.registry.models import Actor, Opinion, Question
from soyol.rights import actions as rights
from soyol.sources.models import RecordProblem
from soyol.surveys import actions as surveys
from soyol.surveys.models import Draft
from tests.factories import accounts as make_accounts
from tests.factories import letters as make_letters
from tests.factories import lists
from tests.factories import profiles as make_profiles
from tests.factories import registry as make
from tests.factories import surveys as make_surveys
from tests.factories.claims import a_citizen, a_holder, a_representative, hold_of
from tests.factories.questions import a_question, two
from tests.factories.rights import a_request

Rows = dict[str, dict[Any, str]]
PNG = b"\x89PNG\r\n\x1a\npicture"


@dataclass
class Fate:
    """By hand: label of a table → keys of rows that are gone, and of rows that say less, after 25 months."""

    gone: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    less: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    files: list[StoredFile] = field(default_factory=list)

    def goes(self, *rows: Any) -> None:
        """These rows will not be there."""
        for row in rows:
            self.gone[row._meta.label].add(row.pk)

    def empties(self, *rows: Any) -> None:
        """These rows will say less."""
        for row in rows:
            self.less[row._meta.label].add(row.pk)

    def forgets(self, stored: StoredFile | None) -> None:
        """The bytes of this file will not be there."""
        assert stored is not None
        self.empties(stored)
        self.files.append(stored)


def rows_of_all_tables() -> Rows:
    """Every row of every table by its key, as the database holds it."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in (each for each in apps.get_models() if not each.__module__.startswith("tests.")):
            columns = [each.column for each in model._meta.concrete_fields]
            named = ", ".join(connection.ops.quote_name(each) for each in columns)
            cursor.execute(f"SELECT {named} FROM {connection.ops.quote_name(model._meta.db_table)}")
            keys = [columns.index(each.column) for each in model._meta.pk_fields]
            told = {}
            for row in cursor.fetchall():
                plain = [bytes(each).hex() if isinstance(each, memoryview | bytes) else each for each in row]
                told[tuple(str(row[at]).replace("-", "") for at in keys)] = repr(plain)
            found[model._meta.label] = told
    return found


def keys(told: dict[str, set[Any]]) -> dict[str, set[tuple[str, ...]]]:
    """The same keys as ``rows_of_all_tables`` writes them."""
    return {label: {(str(pk).replace("-", ""),) for pk in some} for label, some in told.items() if some}


def built(folder: Path) -> Fate:
    """One of everything, made today."""
    fate = Fate()
    officer = make_accounts.user(Role.REGISTRY_OFFICER)
    actor = make.an_actor(make.a_record(make.a_source(), name="Held Person"))
    holder = a_holder(actor)
    _accounts(fate, officer)
    _messages(actor)
    _work(fate, officer)
    _files_of_lists(fate)
    _surveys(fate, folder)
    _claims(fate, officer, holder)
    _requests(fate, officer, actor, holder)
    _letters(fate, officer, actor)
    _registry(fate, officer)
    _losses(fate, actor)
    make_profiles.wrote(holder, actor, words="First words")
    make_profiles.wrote(holder, actor, words="Second words")
    fate.goes(Earlier.objects.get())
    certificates.issue(by=make.BY, actor=actor)
    fate.empties(*Message.objects.exclude(state=MessageState.WAITING))  # letters of what was done above, too
    return fate


def _accounts(fate: Fate, officer: User) -> None:
    administrator = make_accounts.user(Role.ADMINISTRATOR)
    invited = accounts.invite(by=administrator, email="new@example.org", name="New", role=Role.CURATOR)
    fate.goes(invited.invitation)
    accounts.mint_sample_link(by=make.BY, user=make_accounts.user(Role.CURATOR))
    fate.goes(EntryLink.objects.get())
    fate.goes(make_accounts.a_recovery(by=officer)[0])
    store = SessionStore()
    store["word"] = "told"
    store.create()
    fate.goes(Session.objects.get(pk=store.session_key))
    begun = User.objects.create(email="begun@example.org", name="Begun")
    address = EmailAddress.objects.create(user=begun, email=begun.email, primary=True, verified=False)
    fate.goes(begun, address, EmailConfirmation.objects.create(email_address=address, key="k"))


def _sent(purpose: str, **more: Any) -> Message:
    told = {"channel": Channel.MAIL, "address": "one@example.org", "subject": "News", "body": "News"}
    return notices.send(by=make.BY, purpose=purpose, **{**told, **more})


def _messages(actor: Actor) -> None:
    about = f"registry.Actor:{actor.number}"
    _sent("tests.letter", about=about)
    _sent("tests.code", forget_body=True, about=about)
    waiting = _sent("tests.letter", about=about)  # goes out first, whatever its age
    Message.objects.filter(pk=waiting.pk).update(state=MessageState.WAITING, next_try_at=timezone.now())


def _work(fate: Fate, officer: User) -> None:
    stored = files.keep(by=officer.by, name="list.xlsx", content=BytesIO(b"rows"), personal=True)
    job = jobs.enqueue("registry.export", {}, by=officer.by)
    told = {"file": str(stored.pk), "rows": 1}
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, ended_at=timezone.now(), result=told)
    fate.goes(job)
    fate.forgets(stored)
    jobs.enqueue("registry.renew", {}, by=officer.by)  # waits, whatever its age


def _files_of_lists(fate: Fate) -> None:
    kept = lists.imported(make.a_source(), ["Kept Person,99112233,1970-01-01,yes"])
    fate.goes(RecordProblem.objects.create(batch=kept, revision=1, row=1, code="intake.date", column="Birth date"))
    never = lists.received(make.a_source(), ["Never Imported,99112234,1971-01-01,yes"])
    fate.forgets(never.file)
    taken_back = lists.imported(make.a_source(), ["Taken Back,99112235,1972-01-01,yes"])
    registry.withdraw_batch(by=make.BY, batch=taken_back, reason="The wrong list")
    fate.goes(*RecordProblem.objects.filter(batch__in=[kept, taken_back]))
    fate.forgets(taken_back.file)
    fate.empties(never, taken_back)


def _surveys(fate: Fate, folder: Path) -> None:
    version = make_surveys.an_open_version(folder)
    surveys.begin(by=make.BY, version=version)
    make_surveys.sent(version)
    fate.goes(*Draft.objects.all())
    kept = make_surveys.a_file_of_answers(version, folder)
    fate.goes(kept)
    fate.forgets(kept.file)


def _claim(user: User, actor: Actor) -> Claim:
    stored = files.keep(by=make.BY, name="passport.png", content=BytesIO(PNG), personal=True)
    return claims.claim(by=user.by, user=user, document=stored, actor=actor, capacity="self", told={"name": "Somebody"})


def _claims(fate: Fate, officer: User, holder: User) -> None:
    names = ("Accepted Claim", "Refused Claim", "Early Claim", "Open Claim")
    actors = [make.an_actor(make.a_record(make.a_source(), name=name)) for name in names]
    accepted, refused, early, _open = [_claim(a_citizen(), actor) for actor in actors]
    told = {"by": officer.by, "officer": officer, "reason": "seen", "version": 1, "seen": "passport"}
    claims.accept(claim=accepted, actor=actors[0], **told)  # its document goes at once
    claims.refuse(claim=refused, **told)
    fate.goes(refused)
    # Decided before documents went with the decision.
    Claim.rows().filter(pk=early.pk).update(state=ClaimState.ACCEPTED, decided_at=timezone.now())
    fate.forgets(early.document)
    fate.goes(claims.ask_code(by=holder.by, user=holder, name="Held Person", contact="nobody@example.org"))
    body = make.an_actor(make.a_record(make.a_source(), kind="organisation", name="A Body"))
    fate.goes(claims.offer_handover(by=make.BY, hold=hold_of(a_representative(body)), leaving=False).handover)
    end_hold(by=make.BY, hold=hold_of(accepted.user))  # kept five years
    assert Handover.objects.count() == 1


def _requests(fate: Fate, officer: User, actor: Actor, holder: User) -> None:
    decided = a_request(actor, holder)
    proof = decided.evidence.get()
    rights.refuse(by=officer.by, officer=officer, request=decided, version=1, decision="The letter says otherwise")
    fate.goes(proof)
    fate.forgets(proof.file)
    a_request(actor, holder, phone="99112244")  # open, whatever its age


def _letters(fate: Fate, officer: User, actor: Actor) -> None:
    fate.goes(make_letters.a_letter(officer))
    sent = make_letters.a_letter(officer)
    now = timezone.now()
    type(sent).rows().filter(pk=sent.pk).update(state="stopped", ended_at=now)
    Delivery.objects.create(letter=sent, actor=actor, channel=Channel.MAIL, language="mn")
    fate.goes(
        Asking.objects.create(actor=actor, cycle=now.date(), digest="d" * 64, expires_at=now + timedelta(days=10))
    )


def _registry(fate: Fate, officer: User) -> None:
    for closed in (True, False):
        question = a_question(*two(make.a_source()))
        opinion = Opinion.objects.create(
            question=question, user_id=officer.pk, by_name="Officer", verdict="same", note="I know", at=timezone.now()
        )
        Question.objects.filter(pk=question.pk).update(asked_note="Do you know them?")
        if closed:
            Question.objects.filter(pk=question.pk).update(state=PairState.DECIDED, closed_at=timezone.now())
            fate.empties(question, opinion)


def _losses(fate: Fate, actor: Actor) -> None:
    now = timezone.now()
    loss = Loss.objects.create(what="A laptop", tables=["rows"], since=now - timedelta(days=1), until=now)
    fate.goes(Affected.objects.create(loss=loss, actor=actor, held={"rows": {"row": 1}}))
