"""Reading code lists."""

from django.db.models import QuerySet

from soyol.vocab.models import Crosswalk, Term


def terms(scheme: str) -> QuerySet[Term]:
    """Terms of the current version of a list, in its own order, without retired ones."""
    return Term.objects.filter(scheme__code=scheme, scheme__current=True, retired=False)


def names(scheme: str, language: str | None = None) -> dict[str, str]:
    """Name of each code of the current version, retired ones included: old records still show them."""
    there = Term.objects.filter(scheme__code=scheme, scheme__current=True)
    return {code: named.best(language) for code, named in there.values_list("code", "names")}


def mapped(source_scheme: str, target_scheme: str) -> dict[str, list[str]]:
    """Codes of one list and the codes of another that cover them, current versions."""
    pairs = Crosswalk.objects.filter(
        source__scheme__code=source_scheme,
        source__scheme__current=True,
        target__scheme__code=target_scheme,
        target__scheme__current=True,
    ).order_by("source__position", "target__position")
    found: dict[str, list[str]] = {}
    for source, target in pairs.values_list("source__code", "target__code"):
        found.setdefault(source, []).append(target)
    return found


def trades() -> dict[str, dict[str, str]]:
    """Each occupation of the current version with its ``domain`` and ``step`` of the culture cycle, where it has any.

    Retired ones are included: old records still name them.
    """
    return dict(Term.objects.filter(scheme__code="occupations", scheme__current=True).values_list("code", "more"))
