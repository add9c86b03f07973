"""What the codes of the audit say to a reader: every action that is recorded anywhere, and every detail of one."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

Words = str | Promise

#: What the system calls itself when it acts → what it was doing. A test holds this table to what the code says.
BY_ITSELF: dict[str, str] = {
    "account mail": gettext_noop("letters about signing in"),
    "backup": gettext_noop("backup of the site"),
    "create_administrator": gettext_noop("first administrator"),
    "outbox": gettext_noop("sending of messages"),
    "load_pack": gettext_noop("setting up for the country"),
    "load_sample_accounts": gettext_noop("sample accounts"),
    "rebuild_directory": gettext_noop("renewal of the directory"),
    "replace_boundaries": gettext_noop("boundaries of the map"),
    "registry texts": gettext_noop("first words of the consents"),
    "restore": gettext_noop("return from a backup"),
    "sample material": gettext_noop("sample material"),
    "still correct": gettext_noop("letters that ask whether entries are still right"),
    "sign_up": gettext_noop("signing up"),
}

#: Action code → what was done. A test holds this table to what the code records.
ACTIONS: dict[str, str] = {
    "accounts.entry.mint": gettext_noop("Made a one-time sign-in link for a sample account"),
    "accounts.entry.use": gettext_noop("Signed in with a one-time link"),
    "accounts.grant.change": gettext_noop("Changed the days of a role"),
    "accounts.grant.end": gettext_noop("Ended a role"),
    "accounts.grant.give": gettext_noop("Gave a role"),
    "accounts.list.export": gettext_noop("Took the accounts as a workbook"),
    "accounts.invitation.accept": gettext_noop("Accepted an invitation"),
    "accounts.invitation.send": gettext_noop("Sent an invitation"),
    "accounts.invitation.withdraw": gettext_noop("Withdrew an invitation"),
    "accounts.session.end_all": gettext_noop("Signed everybody out"),
    "accounts.user.change_address": gettext_noop("Changed their address"),
    "accounts.user.drop": gettext_noop("Deleted an account that nobody finished"),
    "accounts.user.sign_up": gettext_noop("Made an account by themselves"),
    "audit.data.look": gettext_noop("Looked at data of a person or organisation"),
    "audit.list.export": gettext_noop("Took entries of who did what as a workbook"),
    "backups.backup.make": gettext_noop("Made a backup"),
    "backups.backup.restore": gettext_noop("Brought the site back from a backup"),
    "bodies.body.correct": gettext_noop("Mended what is written about a body"),
    "bodies.body.dissolve": gettext_noop("Wrote down that a body was dissolved"),
    "bodies.body.found": gettext_noop("Added a body"),
    "bodies.body.rename": gettext_noop("Gave a body a new name"),
    "claims.claim.decide": gettext_noop("Decided a claim to an entry"),
    "claims.claim.enrol": gettext_noop("Enrolled"),
    "claims.claim.make": gettext_noop("Claimed an entry"),
    "claims.code.ask": gettext_noop("Asked for a code to claim an entry"),
    "claims.handover.offer": gettext_noop("Offered to hand an entry over"),
    "claims.handover.withdraw": gettext_noop("Withdrew an offer to hand an entry over"),
    "claims.hold.begin": gettext_noop("Came to hold an entry"),
    "claims.hold.end": gettext_noop("Ended that somebody holds an entry"),
    "certificates.certificate.issue": gettext_noop("Issued a certificate"),
    "certificates.certificate.renew": gettext_noop("Renewed a certificate"),
    "certificates.certificate.revoke": gettext_noop("Revoked a certificate"),
    "files.file.keep": gettext_noop("Stored a file"),
    "jobs.job.cancel": gettext_noop("Asked long work to stop"),
    "jobs.job.end": gettext_noop("Long work ended"),
    "jobs.job.enqueue": gettext_noop("Asked for long work"),
    "letters.asking.end": gettext_noop("Asked whether entries are still right"),
    "letters.letter.change": gettext_noop("Changed a letter to many"),
    "letters.letter.count": gettext_noop("Counted who would get a letter"),
    "letters.letter.end": gettext_noop("Ended the sending of a letter to many"),
    "letters.letter.go_on": gettext_noop("Let a letter to many go on"),
    "letters.letter.release": gettext_noop("Released a letter to many"),
    "letters.letter.write": gettext_noop("Wrote a letter to many"),
    "notices.message.deliver": gettext_noop("Tried to send a message"),
    "notices.message.drop": gettext_noop("Decided that a message does not go out"),
    "notices.message.send": gettext_noop("Put a message into the outbox"),
    "notices.message.send_again": gettext_noop("Sent a message again"),
    "notices.outbox.forget": gettext_noop("Erased messages about somebody"),
    "notices.outbox.hold_back": gettext_noop("Held back messages of the time of a backup"),
    "notices.outbox.tidy": gettext_noop("Emptied old messages"),
    "places.boundaries.replace": gettext_noop("Replaced boundaries on the map"),
    "places.units.load": gettext_noop("Loaded the administrative units"),
    "registry.actor.add": gettext_noop("Added an entry by hand"),
    "registry.actor.keep_apart": gettext_noop("Kept two entries apart"),
    "registry.actor.merge": gettext_noop("Made two entries one"),
    "registry.actor.split": gettext_noop("Took records out of an entry"),
    "registry.actor.state": gettext_noop("Added what they know to an entry"),
    "registry.actor.undo": gettext_noop("Undid a change of an entry"),
    "registry.batch.withdraw": gettext_noop("Took the rows of a withdrawn file out of the registry"),
    "registry.bulk.load": gettext_noop("Loaded rows in bulk"),
    "registry.conflict.leave": gettext_noop("Left different values of an entry as they are"),
    "registry.consent.choose": gettext_noop("Chose what an entry agrees to"),
    "registry.consent.write": gettext_noop("Wrote the words of a consent"),
    "registry.directory.rebuild": gettext_noop("Rebuilt the directory"),
    "registry.entry.confirm": gettext_noop("Confirmed that an entry is still right"),
    "registry.filter.drop": gettext_noop("Deleted a saved filter"),
    "registry.filter.save": gettext_noop("Saved a filter"),
    "registry.lesson.accept": gettext_noop("Accepted what answers teach"),
    "registry.lesson.discard": gettext_noop("Discarded what answers teach"),
    "registry.lesson.propose": gettext_noop("Learnt from answers"),
    "registry.list.export": gettext_noop("Took the list of entries as a workbook"),
    "registry.list.give_back": gettext_noop("Made the list that goes back to its keeper"),
    "registry.membership.add": gettext_noop("Added a tie between entries"),
    "registry.membership.end": gettext_noop("Ended a tie between entries"),
    "registry.membership.take_back": gettext_noop("Took back a tie between entries"),
    "registry.pair.judge": gettext_noop("Decided about a pair"),
    "registry.question.answer": gettext_noop("Answered whether two entries are the same"),
    "registry.question.ask": gettext_noop("Asked a colleague whether two entries are the same"),
    "registry.question.give_back": gettext_noop("Gave a question back to everybody"),
    "registry.question.take_back": gettext_noop("Took an answer about two entries back"),
    "registry.rule.end": gettext_noop("Ended a rule about which list is believed"),
    "registry.rule.write": gettext_noop("Wrote a rule about which list is believed"),
    "registry.run.apply": gettext_noop("Put the results of a comparison into the registry"),
    "registry.sample.check": gettext_noop("Checked a pair of a sample"),
    "registry.sample.draw": gettext_noop("Drew a sample of pairs"),
    "registry.stake.add": gettext_noop("Wrote down money, an award or an office of an entry"),
    "registry.stake.end": gettext_noop("Ended money, an award or an office of an entry"),
    "sources.batch.abandon": gettext_noop("Gave up an unfinished import"),
    "sources.batch.check": gettext_noop("Made a dry run of a file"),
    "sources.batch.import": gettext_noop("Imported a file"),
    "sources.batch.map": gettext_noop("Confirmed what the columns mean"),
    "sources.batch.read": gettext_noop("Read a file"),
    "sources.batch.receive": gettext_noop("Received a file"),
    "sources.batch.take_problems": gettext_noop("Took the rows in trouble as a workbook"),
    "sources.batch.withdraw": gettext_noop("Withdrew a file"),
    "sources.list.export": gettext_noop("Took the lists and their figures as a workbook"),
    "sources.source.change": gettext_noop("Changed what is written about a list"),
    "sources.source.create": gettext_noop("Added a list"),
    "surveys.file.import": gettext_noop("Took in a file of answers"),
    "surveys.file.receive": gettext_noop("Received a file of answers"),
    "surveys.list.export": gettext_noop("Took answers to a survey as a workbook"),
    "surveys.submission.import": gettext_noop("Kept answers out of a file"),
    "surveys.submission.keep": gettext_noop("Kept answers to a survey"),
    "surveys.survey.close": gettext_noop("Closed a survey"),
    "surveys.survey.create": gettext_noop("Made a survey"),
    "surveys.version.add": gettext_noop("Sent in a version of a form"),
    "surveys.version.publish": gettext_noop("Published a version of a form"),
    "vocab.lists.load": gettext_noop("Loaded the code lists"),
}

#: Key of a detail → what it is called.
KEYS: dict[str, Words] = {
    "action": gettext_lazy("What was done"),
    "after": gettext_lazy("Now"),
    "answers": gettext_lazy("Answers"),
    "as_of": gettext_lazy("As of the end of"),
    "before": gettext_lazy("Formerly"),
    "better": gettext_lazy("List that is believed"),
    "body": gettext_lazy("Body"),
    "capacity": gettext_lazy("As whom"),
    "changed": gettext_lazy("Changed"),
    "channel": gettext_lazy("By which way"),
    "codes": gettext_lazy("Administrative units"),
    "count": gettext_lazy("How many"),
    "counts": gettext_lazy("Result"),
    "credit": gettext_lazy("Credit"),
    "day": gettext_lazy("On which day"),
    "document": gettext_lazy("Whether there was a document"),
    "doubts": gettext_lazy("Things to look after"),
    "error_code": gettext_lazy("Why it failed"),
    "fields": gettext_lazy("Which data"),
    "from": gettext_lazy("Formerly"),
    "given": gettext_lazy("Agreed"),
    "gone": gettext_lazy("Gone"),
    "grant": gettext_lazy("Role"),
    "keeper": gettext_lazy("Kept by"),
    "kind": gettext_lazy("Kind"),
    "known": gettext_lazy("Known"),
    "language": gettext_lazy("Language"),
    "leaving": gettext_lazy("Instead of whoever offered it"),
    "made_at": gettext_lazy("As things were at"),
    "member": gettext_lazy("Who belongs to it"),
    "mode": gettext_lazy("How it came"),
    "names": gettext_lazy("Name"),
    "new": gettext_lazy("New"),
    "on": gettext_lazy("On"),
    "only_new": gettext_lazy("Only what was new"),
    "outlines": gettext_lazy("Outlines"),
    "outcome": gettext_lazy("How it ended"),
    "pack": gettext_lazy("Country pack"),
    "proof": gettext_lazy("By which proof"),
    "purpose": gettext_lazy("What for"),
    "reason": gettext_lazy("Why"),
    "records": gettext_lazy("Records"),
    "refused": gettext_lazy("Stayed out"),
    "renamed": gettext_lazy("Renamed"),
    "retired": gettext_lazy("Retired"),
    "revision": gettext_lazy("Which time"),
    "role": gettext_lazy("Role"),
    "rows": gettext_lazy("Rows"),
    "settled": gettext_lazy("Decision that holds"),
    "size": gettext_lazy("Size (bytes)"),
    "source": gettext_lazy("List"),
    "state": gettext_lazy("State"),
    "subject": gettext_lazy("Subject"),
    "survey": gettext_lazy("Survey"),
    "text": gettext_lazy("Text"),
    "to": gettext_lazy("Now"),
    "totals": gettext_lazy("Lines of totals left out"),
    "touched": gettext_lazy("Entries that changed"),
    "trouble": gettext_lazy("In trouble"),
    "unit": gettext_lazy("Place"),
    "unlisted": gettext_lazy("No longer listed"),
    "user": gettext_lazy("Account"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("Until"),
    "verdict": gettext_lazy("Decision"),
    "version": gettext_lazy("Version"),
    "way": gettext_lazy("By which way"),
    "what": gettext_lazy("Number or code"),
    "who": gettext_lazy("Who"),
    "words": gettext_lazy("Version of the words"),
    "worse": gettext_lazy("List that it goes before"),
}
#: What breaks the chain.
BREAKS: dict[str, str] = {
    "anchor": gettext_noop("the chain differs from what was kept outside the database"),
    "changed": gettext_noop("an entry is not what was sealed"),
    "late": gettext_noop("an entry was not sealed in time"),
    "missing": gettext_noop("entries before this one are missing"),
}
#: Inner numbers that say nothing to a reader. The chain holds them all the same.
INNER = frozenset({"a", "actors", "b", "change", "colleague", "file", "origin", "record", "sha256", "tie", "view"})


def action_words(code: str) -> str:
    """What was done, in the reader's language; the code itself where nobody named it."""
    return _(ACTIONS[code]) if code in ACTIONS else code


def doer_words(name: str) -> str:
    """Who did something: a person by name, a part of the system by what it was doing, in the reader's language."""
    return _(BY_ITSELF[name]) if name in BY_ITSELF else name


def break_words(code: str) -> str:
    """What breaks the chain, in the reader's language."""
    return _(BREAKS[code])


def action_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every action in words, under what it belongs to."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in ACTIONS:
        title = capfirst(str(apps.get_app_config(code.partition(".")[0]).verbose_name))
        groups.setdefault(title, []).append((code, action_words(code)))
    return sorted((title, sorted(choices, key=lambda each: each[1])) for title, choices in groups.items())
