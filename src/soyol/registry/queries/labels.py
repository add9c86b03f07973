"""Words for the codes that entries and their facts carry."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from soyol.places.models import Unit
from soyol.registry.choices import ActorKind
from soyol.registry.packing import pack
from soyol.vocab import queries as vocab

Words = Mapping[str, object]


def labels() -> dict[str, Words]:
    """Code → name (a text or a language map) for each facet. Three queries, whatever the number of codes."""
    return {
        "kind": {kind.value: str(kind.label) for kind in ActorKind},
        "region": dict(Unit.objects.filter(level=1).values_list("code", "names")),
        "area": vocab.names("areas"),
        "domain": vocab.names("domains"),
    }


def value_labels() -> dict[str, Words]:
    """Field → code → name, for every field whose values are codes. Four queries."""
    return {
        "unit": dict(Unit.objects.values_list("code", "names")),
        "areas": vocab.names("areas"),
        "domains": vocab.names("domains"),
        "occupations": vocab.names("occupations"),
        "org_form": {form.code: form.names for form in pack().organisation_forms},
        "level": {"local": _("local"), "national": _("national"), "international": _("international")},
        "gender": {"male": _("male"), "female": _("female"), "other": _("other")},
        "consent": {"yes": _("yes"), "no": _("no")},
    }
