"""Every address of the site with the answer to each of the cast, by GET and by POST, and what is posted there.

A GET of what is only posted is 405 for whoever may enter the page; what lies outside of somebody's place or body is
404; what is seen but may not be done there is 403.
"""

from django.conf import settings

from tests.workspace import truth_mine

#: Where a POST is answered like a GET.
SAME = ""
#: Answers to GET, answers to POST, addresses. The cast stands in this order: visitor, artist, curator, registry
#: officer, officer of a province, officer of another province, registry officer of a body, coordinator, administrator.
TABLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "200 200 200 200 200 200 200 200 200",
        SAME,
        (
            "/healthz",
            "/readyz",
            "/",
            "/about/",
            "/privacy/",
            "/accessibility/",
            "/directory/",
            "/directory/{company}/",
            "/map/",
            "/open-data/",
            "/sources/",
            "/accounts/password/reset/",
            "/accounts/password/reset/key/1-unknown/",
        ),
    ),
    (
        "302 302 302 302 302 302 302 302 302",
        SAME,
        (
            "/language/en/",
            "/accounts/password/change/",
            "/accounts/login/code/confirm/",
            "/accounts/2fa/authenticate/",
            "/accounts/2fa/webauthn/login/",
            "/accounts/confirm-email/",
        ),
    ),
    ("404 404 404 404 404 404 404 404 404", SAME, ("/directory/{person}/",)),
    (
        "200 200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405 405",
        (
            "/open-data/register.csv",
            "/open-data/register.jsonl",
            "/open-data/figures.csv",
            "/open-data/datapackage.json",
            "/open-data/register.json",
            "/open-data/register/{company}.json",
        ),
    ),
    (
        "404 404 404 404 404 404 404 404 404",
        "405 405 405 405 405 405 405 405 405",
        ("/open-data/register/{person}.json",),
    ),
    (
        "200 302 302 302 302 302 302 302 302",
        SAME,
        (
            "/accounts/login/",
            "/accounts/signup/",
        ),
    ),
    (
        "302 200 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302 302",
        (
            "/accounts/logout/",
            "/accounts/email/",
        ),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405 405",
        (
            "/accounts/inactive/",
            "/accounts/password/reset/done/",
            "/accounts/password/reset/key/done/",
        ),
    ),
    (
        "302 403 403 403 403 403 403 403 403",
        SAME,
        (
            "/accounts/reauthenticate/",
            "/accounts/2fa/reauthenticate/",
            "/accounts/2fa/webauthn/reauthenticate/",
        ),
    ),
    (
        "302 200 200 200 200 200 200 200 200",
        SAME,
        (
            "/accounts/password/set/",
            "/accounts/2fa/totp/activate/",
            "/accounts/2fa/recovery-codes/generate/",
            "/accounts/2fa/webauthn/add/",
        ),
    ),
    ("302 403 403 200 403 403 403 403 403", SAME, ("/desk/accounts/recover/",)),
    (
        "302 403 403 200 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        ("/desk/accounts/{lost}/recover/",),
    ),
    (
        "302 403 403 405 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        ("/desk/recoveries/{recovery}/withdraw/",),
    ),
    (
        "302 405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404 404",
        ("/accounts/state/begin/",),
    ),
    (
        "404 404 404 404 404 404 404 404 404",
        "405 405 405 405 405 405 405 405 405",
        ("/accounts/state/back/",),
    ),
    (
        "302 403 200 200 200 200 200 200 200",
        SAME,
        (
            "/desk/",
            "/desk/me/",
        ),
    ),
    (
        "302 200 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405 405",
        (
            "/accounts/2fa/",
            "/accounts/2fa/webauthn/",
        ),
    ),
    (
        "302 404 404 404 404 404 404 404 404",
        SAME,
        (
            "/accounts/2fa/totp/deactivate/",
            "/accounts/2fa/recovery-codes/download/",
            "/accounts/2fa/webauthn/keys/1/remove/",
            "/accounts/2fa/webauthn/keys/1/edit/",
        ),
    ),
    (
        "302 404 404 404 404 404 404 404 404",
        "302 405 405 405 405 405 405 405 405",
        ("/accounts/2fa/recovery-codes/",),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302 302",
        (
            "/accounts/invitation/{invitation_token}/",
            "/accounts/recover/{recovery_token}/",
            "/enter/{entry_token}/",
        ),
    ),
    ("410 410 410 410 410 410 410 410 410", SAME, ("/accounts/invitation/unknown/",)),
    (
        "302 403 403 200 200 200 200 200 200",
        SAME,
        (
            "/desk/sources/",
            "/desk/sources/{owned}/",
        ),
    ),
    (
        "302 403 403 200 403 403 200 403 403",
        "302 403 403 302 403 403 422 403 403",
        ("/desk/sources/new/",),
    ),
    (
        "302 403 403 200 200 404 404 200 200",
        SAME,
        (
            "/desk/sources/{local}/",
            "/desk/files/{batch}/",
            "/desk/files/{fresh}/",
        ),
    ),
    ("302 403 403 200 200 200 404 200 200", SAME, ("/desk/sources/{national}/",)),
    (
        "302 403 403 200 403 403 404 403 403",
        "302 403 403 302 403 403 404 403 403",
        (
            "/desk/sources/{local}/change/",
            "/desk/sources/{national}/change/",
            "/desk/files/{fresh}/columns/",
        ),
    ),
    (
        "302 403 403 200 403 403 200 403 403",
        "302 403 403 302 403 403 302 403 403",
        (
            "/desk/sources/{owned}/change/",
            "/desk/files/{owned_fresh}/columns/",
        ),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 404 403 403",
        (
            "/desk/sources/{local}/upload/",
            "/desk/sources/{local}/give-back/",
            "/desk/files/{fresh}/read/",
            "/desk/files/{fresh}/check/",
            "/desk/files/{fresh}/import/",
            "/desk/files/{batch}/withdraw/",
        ),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 302 403 403",
        (
            "/desk/sources/{owned}/upload/",
            "/desk/sources/{owned}/give-back/",
            "/desk/files/{owned_fresh}/read/",
            "/desk/files/{owned_fresh}/check/",
            "/desk/files/{owned_fresh}/import/",
            "/desk/files/{owned_fresh}/withdraw/",
        ),
    ),
    ("302 403 403 200 404 404 404 200 200", SAME, ("/desk/files/{national_batch}/",)),
    ("302 403 403 200 404 404 200 200 200", SAME, ("/desk/files/{owned_fresh}/",)),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 200 403 403 404 403 403",
        ("/desk/files/{fresh}/columns/preview/",),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 200 403 403 200 403 403",
        ("/desk/files/{owned_fresh}/columns/preview/",),
    ),
    (
        "302 403 403 200 200 404 404 403 403",
        SAME,
        ("/desk/files/{fresh}/problems/",),
    ),
    ("302 403 403 200 404 404 404 403 403", SAME, ("/desk/files/{national_batch}/problems/",)),
    (
        "302 403 403 200 404 404 200 403 403",
        SAME,
        ("/desk/files/{owned_fresh}/problems/",),
    ),
    ("302 403 200 200 200 200 200 200 200", SAME, ("/gallery/",)),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 404 403 403",
        ("/desk/files/{fresh}/problems/take/",),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 302 403 403",
        ("/desk/files/{owned_fresh}/problems/take/",),
    ),
    (
        "302 403 200 200 200 200 403 200 403",
        SAME,
        (
            "/desk/entries/",
            "/desk/matching/{run}/",
        ),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 302 403 403 403",
        ("/desk/entries/export/",),
    ),
    (
        "302 403 405 405 405 405 403 405 403",
        "302 403 302 302 302 302 403 302 403",
        ("/desk/entries/filters/",),
    ),
    (
        "302 403 405 405 405 405 403 405 403",
        "302 403 404 302 404 404 403 404 403",
        ("/desk/entries/filters/{filter}/drop/",),
    ),
    (
        "302 403 403 200 200 200 403 403 403",
        "302 403 403 302 302 422 403 403 403",
        ("/desk/entries/add/",),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 200 200 200 403 403 403",
        ("/desk/entries/add/here/",),
    ),
    (
        "302 403 302 200 200 404 403 302 403",
        SAME,
        (
            "/desk/entries/{person}/",
            "/desk/entries/{person}/as-of/",
            "/desk/entries/{company}/",
        ),
    ),
    ("302 403 302 302 302 404 403 302 403", SAME, ("/desk/entries/{twin}/",)),
    ("302 403 403 200 200 404 403 403 403", SAME, ("/desk/entries/{person}/state/",)),
    (
        "302 403 403 200 200 404 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        ("/desk/entries/{person}/state/phones/",),
    ),
    ("302 403 403 404 404 404 403 403 403", SAME, ("/desk/entries/{company}/state/person_number/",)),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 404 404 404 403 403 403",
        ("/desk/entries/{person}/register/",),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/entries/{person}/merge/",
            "/desk/entries/{person}/split/",
            "/desk/entries/{person}/undo/{change}/",
            "/desk/entries/{person}/memberships/",
            "/desk/entries/{person}/memberships/{tie}/end/",
            "/desk/entries/{person}/memberships/{tie}/take-back/",
        ),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 404 403 403",
        ("/desk/entries/{person}/reveal/{secret}/",),
    ),
    (
        "302 403 403 200 403 403 403 403 403",
        SAME,
        ("/desk/matching/", "/desk/review/{question}/", "/desk/matching/lessons/{lesson}/", "/desk/quality/check/"),
    ),
    ("302 403 403 200 200 200 200 200 200", SAME, ("/desk/quality/",)),
    (
        "302 403 403 200 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        ("/desk/review/{question}/together/",),
    ),
    ("302 403 403 302 403 403 403 403 403", SAME, ("/desk/review/",)),
    ("302 403 403 200 200 200 403 403 403", SAME, ("/desk/conflicts/",)),
    ("302 403 403 200 200 404 403 403 403", SAME, ("/desk/conflicts/{torn}/birth_date/",)),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/conflicts/{torn}/birth_date/choose/",
            "/desk/conflicts/{torn}/birth_date/leave/",
            "/desk/entries/{person}/keep-apart/",
            "/desk/entries/{person}/give-back/",
        ),
    ),
    (
        "302 403 403 405 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        (
            "/desk/conflicts/{torn}/birth_date/believe/",
            "/desk/conflicts/rules/{rule}/end/",
        ),
    ),
    (
        "302 403 403 405 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        (
            "/desk/review/take-back/",
            "/desk/review/{question}/answer/",
            "/desk/review/{question}/give-back/",
            "/desk/review/{question}/ask/",
        ),
    ),
    (
        "302 403 403 405 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        (
            "/desk/matching/start/",
            "/desk/quality/draw/",
            "/desk/quality/check/{check}/",
            "/desk/matching/lessons/learn/",
            "/desk/matching/lessons/{lesson}/accept/",
            "/desk/matching/lessons/{lesson}/discard/",
        ),
    ),
    (
        "302 403 403 403 403 403 403 200 200",
        SAME,
        (
            "/desk/accounts/",
            "/desk/accounts/{account}/",
        ),
    ),
    (
        "302 403 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 403 302",
        (
            "/desk/accounts/invite/",
            "/desk/grants/{grant}/",
        ),
    ),
    (
        "302 403 403 403 403 403 403 403 405",
        "302 403 403 403 403 403 403 403 302",
        (
            "/desk/accounts/invitations/{invitation}/withdraw/",
            "/desk/accounts/{account}/give/",
            "/desk/grants/{grant}/end/",
        ),
    ),
    ("302 403 403 403 403 403 403 403 200", SAME, ("/desk/audit/",)),
    ("302 403 403 200 403 403 403 403 200", SAME, ("/desk/keeping/",)),
    (
        "302 403 403 200 403 403 403 403 403",
        "302 403 403 302 403 403 403 403 403",
        ("/desk/losses/",),
    ),
    ("302 403 403 200 403 403 403 403 403", SAME, ("/desk/losses/{loss}/",)),
    (
        "302 403 403 403 403 403 403 403 405",
        "302 403 403 403 403 403 403 403 200",
        ("/desk/workbooks/audit/",),
    ),
    (
        "302 403 403 403 403 403 403 405 405",
        "302 403 403 403 403 403 403 200 200",
        ("/desk/workbooks/accounts/",),
    ),
    (
        "302 403 403 405 405 405 405 405 405",
        "302 403 403 200 200 200 200 200 200",
        ("/desk/workbooks/sources/",),
    ),
    (
        "302 403 403 403 403 403 403 403 200",
        SAME,
        (
            "/desk/outbox/",
            "/desk/outbox/{message}/",
        ),
    ),
    (
        "302 403 403 403 403 403 403 403 405",
        "302 403 403 403 403 403 403 403 302",
        (
            "/desk/outbox/{message}/drop/",
            "/desk/outbox/{message}/again/",
        ),
    ),
    ("302 403 403 200 403 403 403 403 200", SAME, ("/desk/bodies/",)),
    (
        "302 403 403 200 403 403 403 403 200",
        "302 403 403 302 403 403 403 403 302",
        (
            "/desk/bodies/new/",
            "/desk/bodies/{body}/",
        ),
    ),
    ("302 403 403 200 200 200 403 403 403", SAME, ("/desk/requests/",)),
    ("302 403 403 200 200 404 403 403 403", SAME, ("/desk/requests/{request}/",)),
    (
        "302 403 403 200 200 404 403 403 403",
        "302 403 403 200 200 404 403 403 403",
        ("/desk/requests/{request}/evidence/{evidence}/",),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/requests/{request}/accept/",
            "/desk/requests/{request}/refuse/",
        ),
    ),
    (
        "302 404 404 404 404 404 404 404 404",
        SAME,
        (
            "/me/{person}/corrections/",
            "/me/{person}/corrections/closed/",
            "/me/{person}/corrections/row/{second_record}/",
            "/me/{person}/corrections/phones/",
            "/me/{person}/take-along/",
            "/me/{person}/erase/",
        ),
    ),
    (
        "302 405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404 404",
        (
            "/me/{person}/corrections/{request}/withdraw/",
            "/me/{person}/take-along/file/",
        ),
    ),
    ("302 403 200 200 200 200 200 200 200", SAME, ("/desk/work/",)),
    (
        "302 403 404 200 404 404 404 200 200",
        SAME,
        (
            "/desk/work/{job}/",
            "/desk/work/{export}/",
        ),
    ),
    ("302 403 404 200 404 404 200 200 200", SAME, ("/desk/work/{owned_job}/",)),
    (
        "302 403 405 405 405 405 405 405 405",
        "302 403 404 302 404 404 404 403 302",
        ("/desk/work/{job}/stop/",),
    ),
    (
        "302 403 405 405 405 405 405 405 405",
        "302 403 404 302 404 404 302 403 302",
        ("/desk/work/{owned_job}/stop/",),
    ),
    ("302 403 404 200 404 404 404 404 404", SAME, ("/desk/work/{export}/file/",)),
    (
        "200 200 200 200 200 200 200 200 200",
        SAME,
        (
            "/surveys/",
            "/surveys/{survey}/{draft}/",
            "/surveys/{survey}/{draft}/page/who/",
        ),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302 302",
        ("/surveys/{survey}/",),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "422 422 422 422 422 422 422 422 422",
        ("/surveys/{survey}/{draft}/check/",),
    ),
    ("404 404 404 404 404 404 404 404 404", SAME, ("/surveys/{survey}/{draft}/receipt/",)),
    (
        "405 405 405 405 405 405 405 405 405",
        "302 302 302 302 302 302 302 302 302",
        ("/surveys/{survey}/{draft}/drop/",),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405 405",
        (
            "/surveys/{survey}/offline/",
            "/surveys/{survey}/offline/en/",
            "/surveys/{survey}/offline/en/app.webmanifest",
            "/surveys/{survey}/offline/worker.js",
            "/surveys/{survey}/offline/form-{survey_version}.json",
        ),
    ),
    (
        "200 200 200 200 200 200 200 200 200",
        "400 400 400 400 400 400 400 400 400",
        ("/surveys/{survey}/sync/",),
    ),
    ("302 403 403 200 200 200 200 200 200", SAME, ("/desk/surveys/",)),
    (
        "302 403 403 200 403 403 200 403 403",
        "302 403 403 302 403 403 422 403 403",
        ("/desk/surveys/new/",),
    ),
    (
        "302 403 403 200 200 200 404 200 200",
        SAME,
        (
            "/desk/surveys/{survey}/",
            "/desk/surveys/{survey}/versions/{survey_version}/file/",
            "/desk/surveys/{survey}/versions/{survey_version}/kobo/",
        ),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 422 403 403 404 403 403",
        ("/desk/surveys/{survey}/versions/",),
    ),
    (
        "302 403 403 405 403 403 405 403 403",
        "302 403 403 302 403 403 404 403 403",
        (
            "/desk/surveys/{survey}/versions/{survey_version}/publish/",
            "/desk/surveys/{survey}/close/",
        ),
    ),
    (
        "302 403 403 200 200 200 403 403 403",
        "302 403 403 302 302 302 403 403 403",
        ("/desk/surveys/{survey}/enter/",),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 200 200 200 403 403 403",
        ("/desk/surveys/{survey}/export/",),
    ),
    (
        "302 403 403 200 403 403 404 403 403",
        "302 403 403 422 403 403 404 403 403",
        ("/desk/surveys/{survey}/import/",),
    ),
    (
        "302 403 403 200 403 403 404 403 403",
        "302 403 403 302 403 403 404 403 403",
        ("/desk/surveys/{survey}/import/{answer_file}/",),
    ),
    ("302 403 403 200 200 404 404 403 403", SAME, ("/desk/answers/{submission}/",)),
    (
        "200 200 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302 302",
        ("/certificates/",),
    ),
    ("200 200 200 200 200 200 200 200 200", SAME, ("/certificates/{certificate_token}/",)),
    ("404 404 404 404 404 404 404 404 404", SAME, ("/certificates/{certificate}/",)),
    ("302 403 403 200 200 200 403 403 403", SAME, ("/desk/certificates/",)),
    (
        "302 403 403 200 200 404 403 403 403",
        SAME,
        (
            "/desk/certificates/{certificate}/sheet/",
            "/desk/certificates/{person_certificate}/sheet/",
        ),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        (
            "/desk/certificates/{person_certificate}/renew/",
            "/desk/certificates/{person_certificate}/revoke/",
            "/desk/entries/{other}/certificates/issue/",
        ),
    ),
    (
        "302 403 403 405 405 405 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        ("/desk/answers/{submission}/confirm/",),
    ),
    (
        "302 403 403 200 200 404 403 403 403",
        "302 403 403 302 302 404 403 403 403",
        ("/desk/answers/{submission}/correct/",),
    ),
    *truth_mine.TABLE,
)

LIST = {
    f"name_{settings.LANGUAGE_CODE}": "New",
    "keeper": "Somebody",
    "trust": "50",
    "rhythm": "irregular",
    "completeness": "addition",
}
BODY = {f"name_{settings.LANGUAGE_CODE}": "New", "kind": "agency"}
WHY = {"reason": "A letter"}
MANDATE = {"who": "Somebody", "how": "came_in", "authority": "Order 12", "agreed": "on"}
PASSWORD = "steppe-horses-forty-seven"  # pragma: allowlist secret
#: What is posted where an empty form would say nothing about who may.
FORMS: dict[str, dict[str, str]] = {
    "/accounts/recover/{recovery_token}/": {"password": PASSWORD},
    "/desk/accounts/{lost}/recover/": {"document": "passport", "compared": "The face", "email": "found@example.org"},
    "/accounts/invitation/{invitation_token}/": {"name": "New", "password": PASSWORD, "again": PASSWORD},
    "/desk/sources/new/": {**LIST, "code": "new-list"},
    "/desk/sources/{local}/change/": {**LIST, "unit": "{unit}", "version": "1"},
    "/desk/sources/{national}/change/": {**LIST, "version": "1"},
    "/desk/sources/{owned}/change/": {**LIST, "body": "{body}", "version": "1"},
    "/desk/files/{batch}/withdraw/": WHY,
    "/desk/files/{owned_fresh}/withdraw/": WHY,
    "/desk/entries/filters/": {"name": "Mine", "query": "kind=person"},
    "/desk/entries/add/": {"kind": "person", "name": "{shown}", "unit": "{unit}", "reason": "A letter", "sure": "1"},
    "/desk/entries/add/here/": {"kind": "person", "name": "{person_name}"},
    "/desk/entries/{person}/state/phones/": {"value": "{phone}", "reason": "A call", "standing": "0"},
    "/desk/entries/{person}/merge/": {"other": "{other}", **WHY},
    "/desk/entries/{person}/split/": {"records": "{second_record}", **WHY},
    "/desk/entries/{person}/undo/{change}/": WHY,
    "/desk/entries/{person}/memberships/": {"body": "{company}", "role": "director", **WHY},
    "/desk/entries/{person}/memberships/{tie}/end/": {"ends": "{today}", **WHY},
    "/desk/entries/{person}/memberships/{tie}/take-back/": WHY,
    "/desk/entries/{person}/reveal/{secret}/": {"purpose": "A passport"},
    "/desk/surveys/new/": {f"name_{settings.LANGUAGE_CODE}": "New", "code": "new-survey", "keeper": "Somebody"},
    "/desk/surveys/{survey}/enter/": MANDATE,
    "/desk/answers/{submission}/correct/": MANDATE,
    "/certificates/": {"number": "{certificate}", "code": "{certificate_code}"},
    "/desk/certificates/{person_certificate}/revoke/": WHY,
    "/desk/conflicts/{torn}/birth_date/choose/": {"statement": "{torn_value}", **WHY},
    "/desk/conflicts/{torn}/birth_date/leave/": WHY,
    "/desk/conflicts/{torn}/birth_date/believe/": {"better": "local", "worse": "torn", **WHY},
    "/desk/entries/{person}/keep-apart/": {"other": "{other}", **WHY},
    "/desk/entries/{person}/give-back/": {"former": "{twin_pk}", **WHY},
    "/desk/quality/check/{check}/": {"verdict": "same"},
    "/desk/review/{question}/answer/": {"verdict": "unsure", "version": "1"},
    "/desk/review/{question}/ask/": {"colleague": "{colleague}", "version": "1"},
    "/desk/review/{question}/together/": {"versions": "{question}:1", "with_{other_pk}": "alone"},
    "/desk/requests/{request}/accept/": {"version": "1"},
    "/desk/requests/{request}/refuse/": {"version": "1", "decision": "The letter says something else"},
    "/desk/losses/": {"what": "A laptop", "since": "{today}", "until": "{today}", "tables": "values"},
    "/desk/bodies/new/": BODY,
    "/desk/bodies/{body}/": {**BODY, "version": "1"},
    "/desk/accounts/invite/": {"name": "Other", "email": "other@example.org", "role": "curator"},
    "/desk/accounts/{account}/give/": {"role": "artist"},
    "/desk/grants/{grant}/": {"version": "1", "valid_from": "{today}"},
    "/desk/grants/{grant}/end/": WHY,
    **truth_mine.FORMS,
}
