"""What somebody agreed to, since when, and in which words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from soyol.registry.choices import Channel, Purpose
from soyol.registry.models import Actor, ConsentChoice, ConsentText
from soyol.registry.queries.numbers import leads_to
from soyol.registry.rules.purposes import CHOICES, holds


@dataclass(frozen=True, slots=True)
class Switch:
    """One purpose as its owner sees it.

    ``on``: whether it holds now. ``chosen``: their own last choice, None where they never chose; ``renewed``: the words
    were changed since that choice.
    """

    purpose: Purpose
    label: str
    text: ConsentText
    on: bool
    chosen: bool | None
    at: datetime | None
    channel: str
    renewed: bool


def current_texts() -> dict[str, ConsentText]:
    """The words that hold now, by purpose. One query."""
    return {each.purpose: each for each in ConsentText.objects.order_by("purpose", "version")}


def switches(actor: Actor, *, is_public: bool) -> list[Switch]:
    """The purposes of an actor in their order; ``is_public``: whether they have a public entry now."""
    texts, last = current_texts(), last_choices([actor.pk]).get(actor.pk, {})
    return [
        _switch(purpose, actor.kind, texts[purpose], last.get(purpose), is_public=is_public)
        for purpose in CHOICES.get(actor.kind, ())
    ]


def _switch(purpose: Purpose, kind: str, text: ConsentText, last: ConsentChoice | None, *, is_public: bool) -> Switch:
    chosen = last.given if last else None
    on = is_public if purpose == Purpose.PROFILE and chosen is None else holds(purpose, kind, chosen=chosen)
    return Switch(
        purpose=purpose,
        label=str(purpose.label),
        text=text,
        on=on,
        chosen=chosen,
        at=last.at if last else None,
        channel=str(Channel(last.channel).label) if last else "",
        renewed=last is not None and last.text_id != text.pk,
    )


def last_choices(actors: Collection[int]) -> dict[int, dict[str, ConsentChoice]]:
    """The choice that holds of each actor for each purpose: the newest one under any number that leads there."""
    leads = leads_to(actors)
    found: dict[int, dict[str, ConsentChoice]] = {}
    # Of two at one instant a "no" is believed: it comes last.
    for each in ConsentChoice.objects.filter(actor__in=leads).order_by("at", "-given", "pk"):
        found.setdefault(leads[each.actor_id], {})[each.purpose] = each
    return found


def choices_of(actor: Actor) -> list[ConsentChoice]:
    """Every choice that was made, newest first, each with the words to which it was made. One query and the steps."""
    leads = leads_to([actor.pk])
    return list(ConsentChoice.objects.filter(actor__in=leads).select_related("text", "actor"))
