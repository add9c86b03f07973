"""Letting go what need not be kept, listing whom a loss of data concerns, and changing the key."""

from soyol.protection.actions.letting_go import let_go
from soyol.protection.actions.listing import LIST, open_loss
from soyol.protection.actions.resealing import change_key
from soyol.protection.actions.work import LET_GO

__all__ = ["LET_GO", "LIST", "change_key", "let_go", "open_loss"]
