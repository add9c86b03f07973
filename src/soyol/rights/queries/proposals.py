"""What a request proposes, as a page may show it and as its holder takes it along."""

from soyol.registry.choices import FieldClass
from soyol.registry.masking import without_numbers
from soyol.registry.rules import FIELDS, field_class, mask
from soyol.rights.models import Request


def proposed(request: Request) -> list[tuple[str, str]]:
    """Fields and values that are asked for; national numbers are masked here, for whoever shows them."""
    field, texts = field_of(request), in_clear(request)
    if field_class(field, request.actor.kind) == FieldClass.SECRET:
        return [(field, mask(text)) for text in texts]
    return [(field, text) for text in without_numbers([(field, text) for text in texts])]


def field_of(request: Request) -> str:
    """The field that a request is about; empty where it is about none."""
    return str(request.field) or next((code for code in request.values if code in FIELDS), "")


def in_clear(request: Request) -> list[str]:
    """The values that are asked for, for nobody but whoever asked."""
    given = request.values.get(field_of(request))
    if given in (None, "", []):
        return []
    return [str(each) for each in given] if isinstance(given, list) else [str(given)]
