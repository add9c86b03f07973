"""Database fields of our own: sealed texts and JSON, texts in several languages, and blind indexes."""

from soyol.fields.languages import LanguageMap, LanguageMapField
from soyol.fields.sealed import SealedJSONField, SealedTextField, blind_index

__all__ = ["LanguageMap", "LanguageMapField", "SealedJSONField", "SealedTextField", "blind_index"]
