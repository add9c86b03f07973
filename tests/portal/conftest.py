"""The furnished house of the desk, for asking it from outside."""

from tests.workspace.conftest import world

__all__ = ["world"]
