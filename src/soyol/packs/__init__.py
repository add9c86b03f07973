"""Country packs: ``load("mn")`` gives the ``Pack`` that every other part takes as an argument."""

from soyol.packs.loading import PackError, codes, load
from soyol.packs.pack import Language, Pack

__all__ = ["Language", "Pack", "PackError", "codes", "load"]
