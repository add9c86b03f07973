"""What the registry refuses, and the way out."""

from django.utils.translation import gettext_noop

from soyol.sources.rules import REFUSALS as SOURCE_REFUSALS
from soyol.sources.rules import Refused as SourcesRefused

REFUSALS: dict[str, str] = {
    **SOURCE_REFUSALS,
    "merge_same": gettext_noop("%(number)s cannot be made one with itself. Choose another entry."),
    "merge_kinds": gettext_noop(
        "%(a)s is of the kind %(kind_a)s and %(b)s of the kind %(kind_b)s, so they cannot be one. "
        "If one of them is of the wrong kind, correct its list first."
    ),
    "not_active": gettext_noop("%(number)s is %(state)s, so it cannot be changed. Open the entry it leads to."),
    "split_nothing": gettext_noop("Choose at least one row to separate from %(number)s."),
    "split_all": gettext_noop("All rows of %(number)s were chosen. Leave at least one with it."),
    "split_foreign": gettext_noop(
        "The row %(record)s does not belong to %(number)s. Reload the page and choose again."
    ),
    "split_back": gettext_noop(
        "%(number)s does not lead to %(actor)s any more, so nothing can be given back to it. Reload the page."
    ),
    "apart_same": gettext_noop("%(number)s cannot be kept apart from itself. Choose another entry."),
    "question_closed": gettext_noop(
        "This question was decided meanwhile, by somebody else or by a new comparison. Go on with the next one."
    ),
    "question_changed": gettext_noop(
        "The two entries changed while you looked. Look at them again as they are now, then answer."
    ),
    "question_answered": gettext_noop(
        "You have answered this question. Take your answer back first if you want to change it."
    ),
    "answer_of_nobody": gettext_noop("Questions are answered by people who are signed in."),
    "answer_of_another": gettext_noop("This is the answer of somebody else. Only they can take it back."),
    "ask_oneself": gettext_noop("Choose somebody else to ask."),
    "value_of_another": gettext_noop("This value is not of %(number)s any more. Reload the page and look again."),
    "no_contradiction": gettext_noop("Nothing contradicts here any more. Reload the page of %(number)s."),
    "rule_of_nothing": gettext_noop("A rule is about one field and two different lists. Choose them."),
    "rule_known": gettext_noop("This rule stands already. Nothing was changed."),
    "rule_in_circles": gettext_noop(
        "A rule in force says the opposite: there %(worse)s is believed before %(better)s. End that one first."
    ),
    "rule_ended": gettext_noop("This rule was ended already. Nothing was changed."),
    "too_few_answers": gettext_noop(
        "There are %(n)d answers that can teach something; from about twenty on, of both kinds, it is worth while. "
        "Decide some more questions first."
    ),
    "lesson_decided": gettext_noop("This lesson is %(state)s already. Nothing was changed."),
    "no_whole_run": gettext_noop("Nothing was compared as a whole yet. Start a comparison first."),
    "checked_already": gettext_noop("Somebody has checked this pair meanwhile. Go on with the next one."),
    "undo_twice": gettext_noop("This change was undone already. Nothing was changed."),
    "undo_kind": gettext_noop(
        "A change of the kind “%(kind)s” cannot be undone here. Merge or separate the entries by hand instead."
    ),
    "undo_covered": gettext_noop("A later change stands on this one (%(later)s). Undo the later one first."),
    "not_a_choice": gettext_noop(
        "“%(purpose)s” is no choice of %(number)s: what organisations do is public by law. Nothing was changed."
    ),
    "consent_unproven": gettext_noop("Say how it was told, and by which document or call that can be shown."),
    "text_missing": gettext_noop("The words in “%(language)s” are missing. Write them in all languages of the site."),
    "text_same": gettext_noop("These are the words that hold already. Nothing was changed."),
    "text_overtaken": gettext_noop(
        "Somebody else has written a version of these words meanwhile. Read it, then write yours beside it."
    ),
    "text_day_over": gettext_noop("Words hold from today or from a later day."),
    "text_too_early": gettext_noop(
        "Version %(version)s holds from %(day)s. The next one holds from that day or later."
    ),
    "erased_at_wish": gettext_noop(
        "Somebody of whom this tells was erased from the registry at their wish, and nobody else brings them back. If "
        "they want to be in it again, they enrol themselves on their own page. If it is a namesake, add what tells "
        "them apart: the birth date, a telephone number or the register number."
    ),
    "member_of_itself": gettext_noop("%(number)s cannot belong to itself. Choose another entry."),
    "member_of_person": gettext_noop(
        "%(number)s is a person, so nobody can belong to it. Give the number of an organisation or group."
    ),
    "membership_known": gettext_noop("This tie with this post and beginning stands here already. Nothing was added."),
    "membership_changed": gettext_noop("This tie was changed meanwhile. Reload the page and look again."),
    "membership_ends_early": gettext_noop(
        "%(ends)s is before %(begins)s, when the tie began. Give a later day, or take the tie back and enter it anew."
    ),
    "judge_self": gettext_noop("A row cannot be compared with itself. Choose two rows."),
    "value_missing": gettext_noop("“%(field)s” is missing. Fill it in."),
    "unknown_field": gettext_noop("“%(field)s” is not a field of the registry. Choose one of: %(accepted)s."),
    "not_secret": gettext_noop("This value is not hidden; there is nothing to reveal."),
    "purpose_missing": gettext_noop("Say what the number is needed for: the look is written down with it."),
    "register_number": gettext_noop(
        "A register of the state is asked by number, and %(number)s has none. Add the number as it stands on the "
        "document, then ask."
    ),
    "register_number_wrong": gettext_noop(
        "The number of %(number)s cannot be right. Compare it with the document and add the right one, then ask."
    ),
    "register_kind": gettext_noop("Registers of the state know no informal groups. Ask about their members."),
    "register_off": gettext_noop("This site asks no register of the state. Whoever runs it can set that up."),
    "register_purpose_number": gettext_noop(
        "Write what it is for without the number of anybody: these words are kept where others read them."
    ),
    "register_too_often": gettext_noop(
        "You have asked %(n)d times today, and more is not allowed. Ask again tomorrow, or let a colleague ask."
    ),
    "register_unreachable": gettext_noop(
        "The register of the state cannot be reached just now. Nothing was changed. Try again in some minutes; "
        "if it stays so, tell whoever runs the site."
    ),
    "register_denied": gettext_noop(
        "The register of the state does not let this site ask that. Nothing was changed. Tell whoever runs the site "
        "to look at its token, key and clock, and at what the agreement allows."
    ),
    "register_consent": gettext_noop(
        "The register of the state wants that the person agrees first. Ask them for the code that the state sends to "
        "their telephone, and write it below."
    ),
    "register_not_there": gettext_noop(
        "The register of the state knows nobody under the number of %(number)s. Compare it with the document."
    ),
    "register_wrong_answer": gettext_noop(
        "The register of the state answered with something that cannot be read. Nothing was changed. Try again later; "
        "if it stays so, tell whoever runs the site."
    ),
    "register_misconfigured": gettext_noop(
        "The key or the certificates of this site for the register of the state cannot be read, so nothing was asked. "
        "Whoever runs the site must set them right."
    ),
    "register_another": gettext_noop(
        "Under the number of %(number)s the register of the state knows somebody of another name and another day of "
        "birth. Nothing was taken over. Compare the number with the document."
    ),
    "register_other_body": gettext_noop(
        "Under the number of %(number)s the register of the state knows “%(name)s”. Nothing was taken over. If the "
        "body was renamed, add that name first, then ask again; else compare the number."
    ),
    "run_running": gettext_noop("A matching run is under way. Wait until it ends, then start again."),
    "run_overtaken": gettext_noop(
        "Entries were changed by hand each of the %(n)d times that the matching was nearly done. Start it again later."
    ),
    "run_too_large": gettext_noop(
        "Matching %(n)d rows takes about %(needed)s GB of memory, and this machine has %(most)s GB. "
        "Whoever runs the site can move it to a larger one."
    ),
    "no_index": gettext_noop("There is nothing to match against yet. Start a whole run first."),
    "bare_save": gettext_noop("Identities are written by the actions of the registry only (%(model)s)."),
}


class Refused(SourcesRefused):
    """An action of the registry that the rules do not allow."""

    texts = REFUSALS
