"""A letter as one person gets it: in their language, with why they get it, from whom, and the way out."""

from dataclasses import dataclass

from django.utils.translation import gettext, override

from soyol.letters.models import Delivery, Letter
from soyol.letters.queries.finding import way_out
from soyol.notices.choices import Channel


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text, and the address that ends such letters."""

    subject: str
    body: str
    way_out: str


def words_of(letter: Letter, delivery: Delivery) -> Words:
    """What one person is sent."""
    out, language = way_out(delivery), delivery.language
    if delivery.channel == Channel.SMS:
        return Words("", f"{letter.shorts[language]} {out}", out)
    with override(language):
        body = f"{letter.texts[language]}\n\n-- \n{below(letter)}\n{out}\n"
    return Words(letter.subjects[language], body, out)


def below(letter: Letter) -> str:
    """What stands below every letter, in the language that is switched on; the address follows."""
    lines = [
        gettext(
            "You get this letter because you agreed that the programme writes to you about calls, events and training."
        ),
        gettext("It was written by: %(office)s. Answers go to %(address)s.")
        % {"office": letter.office or letter.writer_name, "address": letter.reply_to},
        gettext("If you want no more such letters, open this address and press the button:"),
    ]
    return "\n".join(lines)
