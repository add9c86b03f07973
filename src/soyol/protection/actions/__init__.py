"""Letting go what need not be kept, and listing whom a loss of data concerns."""

from soyol.protection.actions.letting_go import let_go
from soyol.protection.actions.listing import LIST, open_loss
from soyol.protection.actions.work import LET_GO

__all__ = ["LET_GO", "LIST", "let_go", "open_loss"]
