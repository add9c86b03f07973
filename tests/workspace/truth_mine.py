"""The same as ``truth`` for one's own pages and for the desk at which claims to entries are decided.

The artist holds an entry and represents a body; everybody else of the cast has an account and holds nothing.
"""

from django.conf import settings

from soyol.registry.rules.purposes import words_digest

#: Only the artist holds anything.
_HOLDER = "302 200 404 404 404 404 404 404 404"
_POSTED = "302 405 405 405 405 405 405 405 405"
_DONE = "302 302 404 404 404 404 404 404 404"
_EVERYBODY = "302 200 200 200 200 200 200 200 200"
_GONE_ON = "302 302 302 302 302 302 302 302 302"
_UNFIT = "302 422 422 422 422 422 422 422 422"
_DESK = "302 403 403 405 405 405 403 403 403"

TABLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (_EVERYBODY, "", ("/me/",)),
    (_EVERYBODY, _GONE_ON, ("/me/find/", "/me/claim/", "/me/enrol/", "/me/take-over/{handover_token}/")),
    (_EVERYBODY, _UNFIT, ("/me/account/delete/",)),
    ("302 404 404 404 404 404 404 404 404", "", ("/me/state/",)),
    (_POSTED, _UNFIT, ("/me/find/take/",)),
    (_POSTED, _EVERYBODY, ("/me/enrol/here/",)),
    (_HOLDER, "302 422 404 404 404 404 404 404 404", ("/me/find/{attempt}/",)),
    (_HOLDER, "", ("/me/{held}/", "/me/{held}/looks/", "/me/{held}/looks/data/")),
    (_HOLDER, _DONE, ("/me/{held}/leave/",)),
    (_HOLDER, "", ("/me/{held_body}/certificate/{held_certificate}/",)),
    (_HOLDER, "", ("/me/{held_body}/hand-over/",)),
    (
        _POSTED,
        _DONE,
        (
            "/me/{held}/certificate/",
            "/me/claims/{own_claim}/withdraw/",
            "/me/{held}/choose/",
            "/me/{held_body}/hand-over/{handover}/withdraw/",
        ),
    ),
    (_HOLDER, _DONE, ("/me/{held}/profile/", "/me/{held}/photo/")),
    (_POSTED, _DONE, ("/me/{held}/profile/back/", "/me/{held}/photo/remove/")),
    ("404 200 404 404 404 404 404 404 404", "", ("/directory/{held}/photo/small/{own_photo}.jpg",)),
    ("200 200 200 200 200 200 200 200 200", "", ("/directory/{held_body}/photo/small/{body_photo}.jpg",)),
    ("302 403 403 200 200 404 404 403 403", "", ("/desk/entries/{held}/photo/small/{own_photo}.jpg",)),
    (
        _DESK,
        "302 403 403 302 302 404 403 403 403",
        ("/desk/entries/{held}/words/hide/", "/desk/entries/{held}/words/show/"),
    ),
    ("302 403 403 200 200 200 403 403 403", "", ("/desk/claims/",)),
    (
        "302 403 403 200 200 404 403 403 403",
        "",
        ("/desk/claims/{claim}/", "/desk/claims/{claim}/document/", "/desk/entries/{held}/holders/"),
    ),
    (
        _DESK,
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/claims/{claim}/accept/",
            "/desk/claims/{claim}/refuse/",
            "/desk/entries/{held}/holders/{hold}/end/",
        ),
    ),
)
_COUNTRY = "302 403 403 200 403 403 403 403 403"
TABLE += (
    (_COUNTRY, "", ("/desk/consents/",)),
    (
        "302 403 403 200 200 404 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        ("/desk/entries/{person}/consents/",),
    ),
    (_COUNTRY, "302 403 403 302 403 403 403 403 403", ("/desk/consents/calls/",)),
    (
        "302 403 403 200 200 200 403 403 403",
        "",
        ("/desk/letters/",),
    ),
    (
        "302 403 403 200 200 200 403 403 403",
        "302 403 403 302 302 422 403 403 403",
        ("/desk/letters/new/",),
    ),
    ("302 403 403 200 200 404 403 403 403", "", ("/desk/letters/{letter}/",)),
    ("302 403 403 200 200 404 403 403 403", "302 403 403 302 302 404 403 403 403", ("/desk/letters/{letter}/change/",)),
    (
        _DESK,
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/letters/{letter}/count/",
            "/desk/letters/{letter}/release/",
            "/desk/letters/{letter}/stop/",
            "/desk/letters/{letter}/go-on/",
        ),
    ),
    (_DESK, "302 403 403 302 302 302 403 403 403", ("/desk/letters/ask/",)),
    (_POSTED, _DONE, ("/me/{held}/still-correct/",)),
    ("410 410 410 410 410 410 410 410 410", "", ("/letters/still/unknown/",)),
    ("200 200 200 200 200 200 200 200 200", "", ("/letters/end/{way_out}/",)),
    ("404 404 404 404 404 404 404 404 404", "", ("/letters/end/unknown/",)),
)
_WORDS = {
    **{f"{name}_{code}": "Words" for name in ("subject", "text") for code in ("mn", "en")},
    "reply_to": "office@example.org",
    "unit": "{unit}",
}
#: What is posted where an empty form would say nothing about who may.
FORMS: dict[str, dict[str, str]] = {
    "/me/find/": {"name": "{shown}", "contact": "{phone}"},
    "/me/find/take/": {"name": "{shown}"},
    "/me/find/{attempt}/": {"code": "000000"},
    "/me/claim/": {"capacity": "self", "name": "{shown}", "contact": "{phone}"},
    "/me/enrol/": {"kind": "person", "name": "{shown}", "unit": "{unit}", "phones": "{phone}"},
    "/me/enrol/here/": {"kind": "person", "name": "{asked}"},
    "/me/{held}/choose/": {"purpose": "calls", "given": "yes", "text": "{text}"},
    "/me/{held_body}/hand-over/": {"leaving": "no"},
    "/me/{held}/profile/": {"version": "{own_version}", f"words_{settings.LANGUAGE_CODE}": "New"},
    "/me/{held}/profile/back/": {"version": "{own_version}", "earlier": "{own_earlier}"},
    "/me/{held}/photo/": {"version": "1", f"alt_{settings.LANGUAGE_CODE}": "New"},
    "/me/{held}/photo/remove/": {"version": "1"},
    "/desk/entries/{held}/words/hide/": {"reason": "It names a child"},
    "/desk/consents/calls/": {
        "text_mn": "New",
        "text_en": "New",
        "day": "{today}",
        "asks": "yes",
        "after": "{text}",
        "seen": words_digest({"mn": "New", "en": "New"}),
        "publish": "1",
    },
    "/desk/entries/{person}/consents/": {
        "calls": "yes",
        "words_calls": "{text}",
        "told": "phone",
        "proof": "A call",
        "language": "mn",
    },
    "/desk/letters/new/": _WORDS,
    "/desk/letters/{letter}/change/": {**_WORDS, "version": "1"},
    "/desk/letters/{letter}/release/": {"version": "1"},
    "/desk/claims/{claim}/accept/": {
        "number": "{other}",
        "seen": "identity_card",
        "reason": "A passport",
        "version": "1",
    },
    "/desk/claims/{claim}/refuse/": {"seen": "identity_card", "reason": "Another person", "version": "1"},
    "/desk/entries/{held}/holders/{hold}/end/": {"reason": "Another person"},
}
