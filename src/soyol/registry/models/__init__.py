"""Tables of the registry, by noun."""

from soyol.registry.models.actors import Actor, Change, Identity, NumberSeries
from soyol.registry.models.conflicts import LeftBoth, TrustRule
from soyol.registry.models.directory import DirectoryEntry, FacetCell, SavedFilter
from soyol.registry.models.fullness import Fullness
from soyol.registry.models.linkage import Judgement, LinkageRun, ReviewPair, RunPair
from soyol.registry.models.questions import Opinion, Question
from soyol.registry.models.search import Posting, SearchDeletion, SearchForm, SearchToken
from soyol.registry.models.stakes import Stake
from soyol.registry.models.statements import Membership, Statement

__all__ = [
    "Actor",
    "Change",
    "DirectoryEntry",
    "FacetCell",
    "Fullness",
    "Identity",
    "Judgement",
    "LeftBoth",
    "LinkageRun",
    "Membership",
    "NumberSeries",
    "Opinion",
    "Posting",
    "Question",
    "ReviewPair",
    "RunPair",
    "SavedFilter",
    "SearchDeletion",
    "SearchForm",
    "SearchToken",
    "Stake",
    "Statement",
    "TrustRule",
]
