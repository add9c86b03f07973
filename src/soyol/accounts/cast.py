"""The invented persons of a sample instance: one of each kind of user."""

from dataclasses import dataclass

from soyol.accounts.choices import Role


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person; ``place`` counts the top units of the country in order, from 0."""

    key: str
    name: str
    role: Role
    place: int | None = None


CAST = (
    Player("registry-officer", "Registry officer (sample)", Role.REGISTRY_OFFICER),
    Player("province-officer", "Officer of the first province (sample)", Role.PROVINCE_OFFICER, 0),
    Player("officer-elsewhere", "Officer of another province (sample)", Role.PROVINCE_OFFICER, 1),
    Player("coordinator", "Programme coordinator (sample)", Role.COORDINATOR),
    Player("administrator", "Administrator (sample)", Role.ADMINISTRATOR),
    Player("curator", "Curator (sample)", Role.CURATOR),
    Player("artist", "Artist (sample)", Role.ARTIST),
)
