"""What is refused about what people say of themselves, and the way out."""

from django.utils.translation import gettext_noop

from soyol.claims.rules import Refused as ClaimsRefused
from soyol.claims.rules.refusals import REFUSALS as CLAIMS_REFUSALS

REFUSALS: dict[str, str] = {
    **CLAIMS_REFUSALS,
    "words_long": gettext_noop("This text has %(n)d letters, and at most %(most)d are kept. Shorten it."),
    "words_language": gettext_noop("“%(language)s” is no language in which one can write here."),
    "link_wrong": gettext_noop(
        "“%(value)s” is no address of a page that can be shown. Write it as https://example.org, without a password."
    ),
    "link_unnamed": gettext_noop("The page %(value)s has no name. Say in a few words what one finds there."),
    "links_many": gettext_noop("These are %(n)d pages, and at most %(most)d are shown. Take some out."),
    "contact_long": gettext_noop("“%(value)s” is longer than %(most)d letters. Shorten it."),
    "contact_phone": gettext_noop("“%(value)s” is no telephone number. Write it with its digits."),
    "contact_mail": gettext_noop("“%(value)s” is no e-mail address. Write it as name@example.org."),
    "earlier_gone": gettext_noop("What you wrote then is not kept any more. Nothing was changed."),
    "alt_missing": gettext_noop("Say in a few words what the picture shows: some people cannot see it."),
    "unconfirmed": gettext_noop("Only a picture that you may publish is taken. Say so, or choose another one."),
    "no_photo": gettext_noop("There is no picture any more. Reload the page."),
    "hidden_already": gettext_noop("An officer has hidden this already. Reload the page."),
    "not_hidden": gettext_noop("This is not hidden. Reload the page."),
    "nothing_said": gettext_noop("Nobody has written anything here. Reload the page."),
    "picture_too_heavy": gettext_noop(
        "The file has %(size)d MB, and at most %(most)d are taken. Send a smaller one; a telephone can make it smaller."
    ),
    "picture_unknown": gettext_noop(
        "This file is no picture that can be opened here. Send a JPEG, PNG or WebP; a telephone saves JPEG where it is "
        "set to “most compatible”."
    ),
    "picture_broken": gettext_noop("This picture is damaged or cut short. Send it again, or another one."),
    "picture_too_large": gettext_noop(
        "The picture has %(width)d × %(height)d points, and at most %(most)d million are opened. Send a smaller one."
    ),
    "picture_too_small": gettext_noop(
        "The picture has %(width)d × %(height)d points, and each side needs %(least)d at least. Send a larger one."
    ),
    "picture_moves": gettext_noop("This picture moves. Send one that stands still."),
    "picture_too_much": gettext_noop("Opening this picture takes too much memory or time. Send a smaller one."),
}


class Refused(ClaimsRefused):
    """An action about a profile that the rules do not allow."""

    texts = REFUSALS
