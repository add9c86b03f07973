"""What an app refuses: a code with its words, said in the language of whoever reads them."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext


class Refused(Exception):
    """An action that the rules do not allow; ``str`` says what, why and the way out, in the reader's language.

    An app derives its own and names its ``texts``: code → words with the names of ``params``.
    """

    texts: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return gettext(self.texts[self.code]) % self.params
