"""Drawing pairs for people to check, and writing down what they say."""

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from soyol.audit import By
from soyol.audit import actions as audit
from soyol.registry.choices import RunState, Stratum
from soyol.registry.models import Check, LinkageRun, ReviewPair, RunPair, Sample
from soyol.registry.rules import Refused

#: Pairs drawn from each stratum.
DRAWN = {Stratum.JOINED: 150, Stratum.ASKED: 75, Stratum.APART: 75}


@transaction.atomic
def draw_sample(*, by: By, drawn: dict[Stratum, int] | None = None) -> Sample:
    """Draw pairs from the last whole run at random, in an order that tells nobody what the run decided.

    Joined and asked pairs are drawn from all of them, pairs kept apart from those that the run had kept at random.
    """
    run = LinkageRun.objects.filter(state=RunState.APPLIED, only_new=False).first()
    if run is None:
        raise Refused("no_whole_run")
    from_run = RunPair.objects.filter(run=run)
    strata: dict[Stratum, QuerySet[RunPair] | QuerySet[ReviewPair]] = {
        Stratum.JOINED: from_run.filter(decision="merge"),
        Stratum.ASKED: ReviewPair.objects.filter(run=run),
        Stratum.APART: from_run.filter(decision="apart"),
    }
    sizes = {stratum.value: pairs.count() for stratum, pairs in strata.items()}
    sizes[Stratum.APART.value] = int(run.report.get("apart_pairs", sizes[Stratum.APART.value]))
    sample = Sample.objects.create(run=run, drawn_at=timezone.now(), by_name=by.name or by.kind, sizes=sizes)
    draw = np.random.default_rng(sample.pk)
    chosen: list[tuple[Stratum, RunPair | ReviewPair]] = []
    for stratum, pairs in strata.items():
        ids = list(pairs.order_by("pk").values_list("pk", flat=True))
        few = draw.permutation(len(ids))[: (drawn or DRAWN)[stratum]].tolist()
        chosen += [(stratum, pair) for pair in pairs.filter(pk__in=[ids[at] for at in few]).order_by("pk")]
    places = draw.permutation(len(chosen))
    Check.objects.bulk_create(
        [
            Check(sample=sample, stratum=stratum, a_id=pair.a_id, b_id=pair.b_id, place=place, reasons=pair.reasons)
            for place, (stratum, pair) in zip(places.tolist(), chosen, strict=True)
        ]
    )
    audit.record(by, "registry.sample.draw", f"registry.Sample:{sample.pk}", {"rows": len(chosen)})
    return sample


@transaction.atomic
def check(*, by: By, pair: Check, verdict: str) -> Check:
    """Say whether the two rows of a drawn pair are of the same. It decides nothing: it only counts."""
    pair = Check.objects.select_for_update().get(pk=pair.pk)
    if pair.verdict:
        raise Refused("checked_already")
    pair.verdict, pair.at = verdict, timezone.now()
    pair.user_id, pair.by_name = int(by.id) if by.kind == "person" else None, by.name
    pair.full_clean(exclude=["reasons", "user_id"])
    pair.save()
    audit.record(by, "registry.sample.check", f"registry.Sample:{pair.sample_id}", {"verdict": verdict})
    return pair
