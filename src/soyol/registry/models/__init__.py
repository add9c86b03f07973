"""Tables of the registry, by noun."""

from soyol.registry.models.actors import Actor, Change, Identity, NumberSeries
from soyol.registry.models.checks import Proof
from soyol.registry.models.confirmations import Confirmation
from soyol.registry.models.conflicts import LeftBoth, TrustRule
from soyol.registry.models.consents import ConsentChoice, ConsentText
from soyol.registry.models.directory import DirectoryEntry, FacetCell, SavedFilter
from soyol.registry.models.fullness import Fullness
from soyol.registry.models.lessons import Lesson
from soyol.registry.models.linkage import Judgement, LinkageRun, ReviewPair, RunPair
from soyol.registry.models.quality import Check, Filling, Sample
from soyol.registry.models.questions import Opinion, Question
from soyol.registry.models.search import Posting, SearchDeletion, SearchForm, SearchToken
from soyol.registry.models.stakes import Stake
from soyol.registry.models.statements import Membership, Statement

__all__ = [
    "Actor",
    "Change",
    "Check",
    "Confirmation",
    "ConsentChoice",
    "ConsentText",
    "DirectoryEntry",
    "FacetCell",
    "Filling",
    "Fullness",
    "Identity",
    "Judgement",
    "LeftBoth",
    "Lesson",
    "LinkageRun",
    "Membership",
    "NumberSeries",
    "Opinion",
    "Posting",
    "Proof",
    "Question",
    "ReviewPair",
    "RunPair",
    "Sample",
    "SavedFilter",
    "SearchDeletion",
    "SearchForm",
    "SearchToken",
    "Stake",
    "Statement",
    "TrustRule",
]
