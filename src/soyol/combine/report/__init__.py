"""The report of a run: figures taken from its tables, drawn as one page that needs nothing from outside."""

from .figures import FIRST_PAIRS, Figures, figures_of
from .page import page

__all__ = ["FIRST_PAIRS", "Figures", "figures_of", "page"]
