"""Choosing what one agrees to, and the words of it. A choice holds in the same instant, wherever something is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.actions.directory import refresh
from soyol.registry.choices import ActorState, Channel, Purpose, Told
from soyol.registry.models import Actor, ConsentChoice, ConsentText, NumberSeries
from soyol.registry.queries.consents import current_texts, last_choices, newest_text
from soyol.registry.rules import Refused
from soyol.registry.rules.purposes import may_choose, words_digest

ROWS = 500
#: The words of a new registry; what is changed later is a version of its own.
FIRST = {
    Purpose.PROFILE: gettext_noop(
        "My entry is shown to everybody: my name, my place, what I do, my website and what I write about myself. My "
        "telephone number, e-mail address, home address, birth date and register number are not shown; only a contact "
        "that I enter as public myself is."
    ),
    Purpose.STATISTICS: gettext_noop(
        "I am counted in published figures, for example of how many musicians work in a province. Figures name nobody, "
        "and small numbers are not published."
    ),
    Purpose.CALLS: gettext_noop(
        "The programme may write to me about open calls, events and training that fit what I do and where I work."
    ),
    Purpose.OPEN_DATA: gettext_noop(
        "What my public entry shows is also part of the open files, from which anybody may take it and use it further. "
        "What others took before I change my mind cannot be called back."
    ),
}


@dataclass(frozen=True, slots=True)
class AtDesk:
    """What was told to an officer: how (Told), and by which document or call that can be shown."""

    told: str
    proof: str


@transaction.atomic
def choose_consent(
    *,
    by: By,
    actor: Actor,
    purpose: str,
    given: bool,
    language: str,
    channel: str,
    user_id: int | None = None,
    desk: AtDesk | None = None,
) -> ConsentChoice:
    """Say yes or no for an actor; what is shown, found and counted follows before this returns.

    ``language``: in which the words were read; ``user_id``: the account that chose; ``desk``: how it was told, where
    an officer notes it for somebody. The same choice to the same words again changes nothing.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if actor.state != ActorState.ACTIVE:
        raise Refused("not_active", number=actor.number, state=actor.get_state_display())
    if not may_choose(actor.kind, purpose):
        raise Refused("not_a_choice", purpose=purpose, number=actor.number)
    text = write_first_texts(by=by)[purpose]
    last = last_choices([actor.pk]).get(actor.pk, {}).get(purpose)
    if last is not None and last.given == given and last.text_id == text.pk:
        return last
    made = ConsentChoice.objects.create(
        actor=actor, purpose=purpose, given=given, text=text, language=language[:12], channel=channel,
        user_id=user_id, by_name=by.name or by.kind, at=timezone.now(), **_at_desk(by, channel, desk),
    )  # fmt: skip
    settle_choices([actor.pk])
    refresh([actor.pk])
    told = {"purpose": purpose, "given": given, "words": text.version, "language": made.language, "channel": channel}
    audit.record(by, "registry.consent.choose", f"registry.Actor:{actor.number}", told)
    return made


def _at_desk(by: By, channel: str, desk: AtDesk | None) -> dict[str, str]:
    """Fields of a choice that was told to an officer. Raises Refused where it is not said how."""
    if desk is None and channel != Channel.DESK:
        return {}
    if desk is None or desk.told not in Told.values or not desk.proof.strip():
        raise Refused("consent_unproven")
    return {"told": desk.told, "proof": desk.proof.strip(), "office": by.on_behalf}


def settle_choices(actors: Collection[int]) -> None:
    """Write on ``actors`` what holds of the choices under all numbers that lead to them; the caller's transaction."""
    if not ConsentChoice.objects.exists():
        return
    ids = sorted(actors)
    for start in range(0, len(ids), ROWS):
        standing = Actor.objects.filter(pk__in=ids[start : start + ROWS]).exclude(state=ActorState.MERGED)
        had = list(standing.values_list("pk", *(purpose.value for purpose in Purpose)))
        last = last_choices([pk for pk, *_before in had])
        for pk, *before in had:
            chosen = {purpose: each.given for purpose, each in last.get(pk, {}).items()}
            now = {purpose.value: chosen.get(purpose) for purpose in Purpose}
            if list(now.values()) != before:
                Actor.objects.filter(pk=pk).update(**now, stale=True)


@transaction.atomic
def write_first_texts(*, by: By) -> dict[str, ConsentText]:
    """The words that hold now, by purpose; a new registry gets its first ones."""
    known = current_texts()
    if len(known) == len(FIRST):
        return known
    NumberSeries.objects.get_or_create(name="consent")  # whoever comes second waits, and finds them written
    NumberSeries.objects.select_for_update().get(name="consent")
    known = current_texts()
    for purpose, words in FIRST.items():
        if purpose not in known:
            _write(by, purpose, 1, {code: _said(words, code) for code, _name in settings.LANGUAGES})
    return current_texts()


def _said(words: str, language: str) -> str:
    with override(language):
        return gettext(words)


@transaction.atomic
def write_text(
    *,
    by: By,
    purpose: str,
    texts: Mapping[str, str],
    day: date | None = None,
    asks: bool = True,
    after: int | None = None,
) -> ConsentText:
    """Write the next version of the words of a purpose. Earlier choices stand, with the words to which they were made.

    ``day``: from which on the words are shown, today if it is None; ``asks``: whoever chose before is shown that the
    words are others now and asked to choose again; ``after``: id of the version beside which they were written, where
    another one that came meanwhile is refused.
    """
    write_first_texts(by=by)
    NumberSeries.objects.select_for_update().get_or_create(name="consent")
    last = newest_text(purpose)
    if after is not None and last.pk != after:
        raise Refused("text_overtaken")
    wanted = {code: texts.get(code, "").strip() for code, _name in settings.LANGUAGES}
    if missing := [code for code, text in wanted.items() if not text]:
        raise Refused("text_missing", language=missing[0])
    if words_digest(wanted) == last.digest:
        raise Refused("text_same")
    return _write(by, purpose, last.version + 1, wanted, since=_since(day, last), asks=asks)


def _since(day: date | None, last: ConsentText) -> datetime:
    """The beginning of the day, or now; never before the version before."""
    today = timezone.localdate()
    if day is not None and day < today:
        raise Refused("text_day_over")
    later = day is not None and day > today
    since = timezone.make_aware(datetime.combine(day, time.min)) if day is not None and later else timezone.now()
    if since < last.since:
        raise Refused("text_too_early", version=last.version, day=timezone.localdate(last.since).isoformat())
    return since


def _write(
    by: By, purpose: str, version: int, texts: Mapping[str, str], *, since: datetime | None = None, asks: bool = True
) -> ConsentText:
    made = ConsentText.objects.create(
        purpose=purpose, version=version, texts=dict(texts), digest=words_digest(texts),
        since=since or timezone.now(), asks=asks, by_name=by.name or by.kind,
    )  # fmt: skip
    told = {"purpose": purpose, "version": version, "sha256": made.digest, "asks": asks}
    told["day"] = timezone.localdate(made.since).isoformat()
    audit.record(by, "registry.consent.write", f"registry.ConsentText:{made.pk}", told)
    return made
