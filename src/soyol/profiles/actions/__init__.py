"""What can be done about what people say of themselves."""

from soyol.profiles.actions.hiding import hide, show_again
from soyol.profiles.actions.photos import describe_photo, put_photo, read_picture, remove_photo
from soyol.profiles.actions.writing import erase, forget_earlier, take_back, write

__all__ = [
    "describe_photo",
    "erase",
    "forget_earlier",
    "hide",
    "put_photo",
    "read_picture",
    "remove_photo",
    "show_again",
    "take_back",
    "write",
]
