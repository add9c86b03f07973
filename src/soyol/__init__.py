"""Soyol: many lists in, one registry out."""

#: As in pyproject.toml and publiccode.yml.
__version__ = "0.1.0"
