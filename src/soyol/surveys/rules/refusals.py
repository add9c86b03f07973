"""What a refusal of this part says: what was refused, the value, the rule and the way out."""

from django.utils.translation import gettext_noop

from soyol import fields

REFUSALS: dict[str, str] = {
    "faults": gettext_noop("The form has %(n)s faults, so it was not taken. Mend the workbook and send it again."),
    "version_known": gettext_noop(
        "Version “%(version)s” of this survey is here already, with other content. Write another version in the "
        "sheet “settings”, so that answers stay with what was asked."
    ),
    "form_known": gettext_noop("This very workbook is here already, as version “%(version)s”. Nothing was changed."),
    "form_code": gettext_noop(
        "The workbook is the form “%(value)s”, but this survey is “%(expected)s”. Send it there, or mend form_id."
    ),
    "not_published": gettext_noop("This survey is not open for answers now."),
    "answers_wrong": gettext_noop("%(n)s answers need a look before they can be sent."),
    "too_much": gettext_noop("The answers are longer than what is taken (%(most)s signs). Shorten the long ones."),
    "mandate": gettext_noop("Say whom you enter, on what authority, and that the person agreed to it."),
    "instance_known": gettext_noop("These answers were sent already; nothing was changed."),
    "outside": gettext_noop("The place of these answers lies outside of your area. Leave it to a colleague there."),
    "numbers": gettext_noop(
        "These answers hold a national number. To correct them, one needs the permission to see such numbers."
    ),
    "not_current": gettext_noop("These answers were corrected meanwhile. Open the newest ones and correct those."),
    "not_yours": gettext_noop(
        "The number under which these answers came was not made on this device. Fill them in anew."
    ),
    "too_late": gettext_noop(
        "Version “%(version)s” of the form has not been asked for more than %(days)s days, so its answers are no "
        "longer taken. Open them beside the newest form and write them there."
    ),
    "misshapen": gettext_noop(
        "“%(value)s” is no answer that version “%(version)s” of the form asks for. Nothing was taken."
    ),
    "differs": gettext_noop("Other answers were sent under the number %(number)s. Choose which of the two count."),
    "differs_office": gettext_noop(
        "An office corrected these answers meanwhile, under the number %(number)s. Go there, or tell it that number."
    ),
    "file_unreadable": gettext_noop("The file cannot be read: %(why)s"),
    "not_json": gettext_noop(
        "The file begins like JSON, but is none: in line %(line)s something is wrong at sign %(sign)s. It may have "
        "been cut or changed; export it anew."
    ),
    "not_json_whole": gettext_noop("The file begins like JSON, but holds what JSON cannot. Export it anew."),
    "archive_too_big": gettext_noop("The archive holds too much; %(most)s tables are taken. Export fewer."),
    "no_submissions": gettext_noop(
        "No table of the file holds sets of answers; there are rounds only. Export the whole survey."
    ),
    "too_many_answers": gettext_noop("The file has %(n)s sets of answers; %(most)s are taken at once. Divide it."),
}


class Refused(fields.Refused):
    """An action about surveys that the rules do not allow."""

    texts = REFUSALS
