"""What people say of themselves, as far as it stands now."""

from soyol.profiles.queries.languages import Tongue, codes, tongues
from soyol.profiles.queries.spoken import (
    Said,
    earlier_of,
    profile_of,
    public_photos,
    public_said,
    said,
    spoken,
)

__all__ = [
    "Said",
    "Tongue",
    "codes",
    "earlier_of",
    "profile_of",
    "public_photos",
    "public_said",
    "said",
    "spoken",
    "tongues",
]
