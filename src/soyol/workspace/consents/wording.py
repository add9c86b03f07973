"""The words to which people agree: every version with who stands on it, and writing the next one."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soyol.accounts.choices import Permission
from soyol.accounts.doors import door
from soyol.audit import By
from soyol.lib.differences import Piece, word_pieces
from soyol.registry import actions
from soyol.registry.choices import Purpose
from soyol.registry.models import ConsentText
from soyol.registry.queries.consents import Standing, newest_text, standings
from soyol.registry.rules import Refused
from soyol.registry.rules.purposes import words_digest
from soyol.workspace.acting import by
from soyol.workspace.consents.forms import LANGUAGES, WordsForm, beginning
from soyol.workspace.respond import page

P = Permission.WRITE_CONSENTS


@dataclass(frozen=True, slots=True)
class Beside:
    """The former and the new words in one language, in pieces: what differs is lit."""

    code: str
    language: str
    former: list[Piece]
    new: list[Piece]
    text: str


@door(permission=P)
def texts(request: HttpRequest) -> HttpResponse:
    """Each purpose with its versions, and how many stand on which."""
    actions.write_first_texts(by=By.system("registry texts"))
    found = standings()
    told = [(purpose, found[purpose.value]) for purpose in Purpose]
    return page(request, "workspace/consents/texts.html", {"purposes": told})


@door(permission=P)
def write(request: HttpRequest, purpose: str) -> HttpResponse:
    """Write the next version; it is published only after these very words were looked at beside the former ones."""
    if purpose not in Purpose.values:
        raise Http404(_("There is no such purpose."))
    actions.write_first_texts(by=By.system("registry texts"))
    last = newest_text(purpose)
    form = WordsForm(request.POST or None, initial=beginning(last, timezone.localdate()))
    shown = None
    if request.method == "POST" and form.is_valid():
        if "publish" in request.POST and form.was_looked_at and _published(request, purpose, form):
            messages.success(request, _("The words are published. Earlier choices stand as they are."))
            return redirect("desk:consent_texts")
        if not form.errors:
            shown = _beside(last, form)
            form = _looked_at(request.POST, form)
    status = 422 if form.errors else 200
    context = {"purpose": Purpose(purpose), "form": form, "shown": shown, **_versions(purpose)}
    return page(request, "workspace/consents/write.html", context, status=status)


def _versions(purpose: str) -> dict[str, Any]:
    found: list[Standing] = standings()[purpose]
    return {"versions": found, "agreed": sum(each.agreed for each in found)}


def _published(request: HttpRequest, purpose: str, form: WordsForm) -> bool:
    given = form.cleaned_data
    try:
        actions.write_text(
            by=by(request), purpose=purpose, texts=form.texts, day=given["day"], asks=given["asks"] == "yes",
            after=given["after"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error("day" if refused.code in {"text_day_over", "text_too_early"} else None, str(refused))
        return False
    return True


def _looked_at(posted: QueryDict, form: WordsForm) -> WordsForm:
    """The form with the mark that these words were looked at."""
    told = posted.copy()
    told["seen"] = words_digest(form.texts)
    again = WordsForm(told)
    again.is_valid()
    return again


def _beside(last: ConsentText, form: WordsForm) -> list[Beside]:
    spoken = Locale(get_language() or settings.LANGUAGE_CODE).languages
    return [
        Beside(code, spoken.get(code, code), *word_pieces(last.texts.get(code, ""), form.texts[code]), form.texts[code])
        for code in LANGUAGES
    ]
