"""What is refused about claims, and the way out."""

from django.utils.translation import gettext_noop

from soyol.registry.rules import Refused as RegistryRefused
from soyol.registry.rules.refusals import REFUSALS as REGISTRY_REFUSALS

REFUSALS: dict[str, str] = {
    **REGISTRY_REFUSALS,
    "code_wrong": gettext_noop(
        "This code is not right, or its time is over. Look at the message again, ask for another code, or send a "
        "document that an officer checks."
    ),
    "no_entry": gettext_noop(
        "No entry can be given to you in this way. Ask for a code at another contact, send a document that an officer "
        "checks, or enrol."
    ),
    "codes_used_up": gettext_noop(
        "You have asked for %(n)d codes today, and more are not sent. Go on tomorrow, or send a document that an "
        "officer checks."
    ),
    "contact_unclear": gettext_noop(
        "“%(value)s” is neither a telephone number nor an e-mail address. Write it as lists would have it."
    ),
    "claim_open": gettext_noop("You have a claim of this kind that waits to be checked. Withdraw it first."),
    "enrolled_already": gettext_noop(
        "You have enrolled this already, under the number %(number)s, and it waits to be checked. Withdraw that first "
        "if it was wrong."
    ),
    "claim_decided": gettext_noop("This claim is %(state)s already. Nothing was changed."),
    "claim_of_oneself": gettext_noop("Nobody decides a claim of their own. Ask somebody else who may."),
    "capacity_wrong": gettext_noop(
        "%(number)s cannot be held %(capacity)s. Choose another entry, or ask the person to claim again."
    ),
    "document_missing": gettext_noop("Whoever speaks for somebody else shows a document. Add it."),
    "document_unnamed": gettext_noop("Say what the document was: it is deleted with the decision, and the word stays."),
    "held_already": gettext_noop(
        "%(number)s is held by another account. Make sure whose it is, and end what is held first if it is not theirs."
    ),
    "consent_own_no": gettext_noop(
        "“%(purpose)s”: they have said no themselves and hold their entry, so only they can say yes, on their own "
        "page. Nothing was changed."
    ),
    "consent_of_oneself": gettext_noop("This entry is yours. Choose on your own page what you agree to."),
    "consent_words_changed": gettext_noop(
        "The words have changed since this page was opened. Read the new ones to the person, then note what they say."
    ),
    "entry_missing": gettext_noop("Say which entry of the registry is meant."),
    "not_held": gettext_noop("You do not hold this entry any more. Reload the page."),
    "handover_over": gettext_noop("This link was used already, is too old, or was withdrawn. Ask for a new one."),
    "handover_self": gettext_noop("An entry of a person is not handed over. Only what is represented is."),
    "handover_oneself": gettext_noop("You hold this entry already. The link is for somebody else."),
}


class Refused(RegistryRefused):
    """An action about claims that the rules do not allow."""

    texts = REFUSALS
