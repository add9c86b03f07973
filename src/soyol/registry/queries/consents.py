"""What somebody agreed to, since when, and in which words."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from soyol.registry.choices import ActorState, Channel, Purpose
from soyol.registry.models import Actor, ConsentChoice, ConsentText
from soyol.registry.queries.numbers import leads_to
from soyol.registry.rules.purposes import CHOICES, holds


@dataclass(frozen=True, slots=True)
class Switch:
    """One purpose as its owner sees it.

    ``on``: whether it holds now. ``chosen``: their own last choice, None where they never chose; ``renewed``: the words
    were changed since that choice, by somebody who wants people to choose again.
    """

    purpose: Purpose
    label: str
    text: ConsentText
    on: bool
    chosen: bool | None
    at: datetime | None
    channel: str
    renewed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A version of the words, and how many entries stand on it with their last choice."""

    text: ConsentText
    agreed: int
    refused: int
    holds: bool


def current_texts() -> dict[str, ConsentText]:
    """The words that hold now, by purpose. One query."""
    begun = ConsentText.objects.filter(since__lte=timezone.now())
    return {each.purpose: each for each in begun.order_by("purpose", "version")}


def newest_text(purpose: str) -> ConsentText:
    """The last version of the words of a purpose, also one that is shown from a later day on."""
    newest: ConsentText = ConsentText.objects.filter(purpose=purpose).order_by("-version")[0]
    return newest


def standings() -> dict[str, list[Standing]]:
    """Every version of the words by purpose, the newest first, each with who stands on it. Three queries."""
    texts, current = ConsentText.objects.order_by("purpose", "-version"), current_texts()
    counted, found = _counted(), {purpose.value: list[Standing]() for purpose in Purpose}
    for text in texts:
        holds_now = current.get(text.purpose) == text
        told = Standing(text, counted[text.pk, True], counted[text.pk, False], holds_now)
        found[text.purpose].append(told)
    return found


def _counted() -> Counter[tuple[int, bool]]:
    """How many entries chose last by each version (its id), and what. Of numbers that lead to one entry one counts."""
    into = dict(Actor.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    tied = set(into) | set(into.values())
    newest = Window(RowNumber(), partition_by=[F("actor"), F("purpose")], order_by=["-at", "given", "-pk"])
    standing = ConsentChoice.objects.filter(actor__state__in=[ActorState.ACTIVE, ActorState.MERGED])
    last = standing.annotate(place=newest).filter(place=1).order_by("at", "-given", "pk")
    counted: Counter[tuple[int, bool]] = Counter()
    of_tied: dict[tuple[int, str], tuple[int, bool]] = {}
    for actor, purpose, text, given in last.values_list("actor_id", "purpose", "text_id", "given").iterator():
        if actor in tied:
            of_tied[_end(actor, into), purpose] = (text, given)
        else:
            counted[text, given] += 1
    counted.update(of_tied.values())
    return counted


def _end(actor: int, into: Mapping[int, int]) -> int:
    while actor in into:
        actor = into[actor]
    return actor


def switches(actor: Actor, *, is_public: bool) -> list[Switch]:
    """The purposes of an actor in their order; ``is_public``: whether they have a public entry now."""
    last = last_choices([actor.pk]).get(actor.pk, {})
    begun: dict[str, list[ConsentText]] = {}
    for each in ConsentText.objects.filter(since__lte=timezone.now()).order_by("purpose", "version"):
        begun.setdefault(each.purpose, []).append(each)
    return [
        _switch(purpose, actor.kind, begun[purpose], last.get(purpose), is_public=is_public)
        for purpose in CHOICES.get(actor.kind, ())
    ]


def _switch(
    purpose: Purpose, kind: str, texts: list[ConsentText], last: ConsentChoice | None, *, is_public: bool
) -> Switch:
    """``texts``: the versions of the words that were shown so far, the one that holds now last."""
    chosen = last.given if last else None
    on = is_public if purpose == Purpose.PROFILE and chosen is None else holds(purpose, kind, chosen=chosen)
    return Switch(
        purpose=purpose,
        label=str(purpose.label),
        text=texts[-1],
        on=on,
        chosen=chosen,
        at=last.at if last else None,
        channel=last.where if last else "",
        renewed=last is not None and any(text.asks for text in _after(last, texts)),
    )


def _after(choice: ConsentChoice, texts: list[ConsentText]) -> list[ConsentText]:
    """The versions that came after the one by which somebody chose."""
    ids = [text.pk for text in texts]
    return texts[ids.index(choice.text_id) + 1 :] if choice.text_id in ids else []


def last_choices(actors: Collection[int], *, own_only: bool = False) -> dict[int, dict[str, ConsentChoice]]:
    """The choice that holds of each actor for each purpose: the newest one under any number that leads there.

    ``own_only``: the newest that they made themselves, and not by telling it to an officer.
    """
    leads = leads_to(actors)
    found: dict[int, dict[str, ConsentChoice]] = {}
    made = ConsentChoice.objects.filter(actor__in=leads)
    # Of two at one instant a "no" is believed: it comes last.
    for each in (made.exclude(channel=Channel.DESK) if own_only else made).order_by("at", "-given", "pk"):
        found.setdefault(leads[each.actor_id], {})[each.purpose] = each
    return found


def choices_of(actor: Actor) -> list[ConsentChoice]:
    """Every choice that was made, newest first, each with the words to which it was made. One query and the steps."""
    leads = leads_to([actor.pk])
    return list(ConsentChoice.objects.filter(actor__in=leads).select_related("text", "actor"))
