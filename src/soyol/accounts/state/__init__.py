"""Proof by a state's own sign-in: somebody who is signed in here shows who they are, for a claim.

Nobody signs in with it. What was proven is kept sealed in the session for a quarter of an hour; ``proven`` opens it.
"""

from soyol.accounts.state.keeping import forget, proven
from soyol.accounts.state.offered import offered
from soyol.accounts.state.proof import Proven, StateSignIn

__all__ = ["Proven", "StateSignIn", "forget", "offered", "proven"]
