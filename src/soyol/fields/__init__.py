"""Database fields of our own: sealed texts and JSON, texts in several languages, and blind indexes."""

from soyol.fields.languages import LanguageMap, LanguageMapField
from soyol.fields.refusals import Refused
from soyol.fields.sealed import SealedJSONField, SealedTextField, blind_index

__all__ = ["LanguageMap", "LanguageMapField", "Refused", "SealedJSONField", "SealedTextField", "blind_index"]
