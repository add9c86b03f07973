"""Forms by which people say who they are: words in each script, pages elsewhere, public contacts, a photograph."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soyol.profiles.choices import Way
from soyol.profiles.models import Photo, Profile
from soyol.profiles.queries import Tongue, tongues
from soyol.profiles.rules import LETTERS, LINKS, Refused
from soyol.profiles.rules.saying import ALT_LETTERS, CONTACT_LETTERS, CREDIT_LETTERS, LABEL_LETTERS, LINK_LETTERS
from soyol.ui.versions import VersionForm

#: Empty lines for links beside those that are filled in.
EMPTY_LINKS = 2
Initial = Mapping[str, Any] | None


class ProfileForm(VersionForm):
    """What one says of oneself. Which languages there are is the country's to say."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, profile: Profile | None, initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**self.of(profile), **(initial or {})}
        super().__init__(*args, **kwargs)
        for tongue in tongues():
            self.fields[f"words_{tongue.code}"] = _words_field(tongue)
        for way in Way:
            self.fields[f"contact_{way}"] = forms.CharField(label=way.label, required=False, max_length=CONTACT_LETTERS)
            self.fields[f"public_{way}"] = forms.BooleanField(label=_("Everybody may see this"), required=False)
        for n in range(1, LINKS + 1):
            self.fields[f"label_{n}"] = forms.CharField(
                label=_("Name of page %(n)d") % {"n": n}, required=False, max_length=LABEL_LETTERS
            )
            self.fields[f"address_{n}"] = forms.CharField(
                label=_("Address of page %(n)d") % {"n": n},
                required=False,
                max_length=LINK_LETTERS,
                widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            )
        self.remember(profile or Profile(version=0), self.of(profile))

    @staticmethod
    def of(profile: Profile | None) -> dict[str, Any]:
        """The form's values for a profile as it is."""
        if profile is None:
            return {}
        values: dict[str, Any] = {f"words_{code}": text for code, text in profile.words.items()}
        for way, told in profile.contacts.items():
            values |= {f"contact_{way}": told["text"], f"public_{way}": told["public"]}
        for n, link in enumerate(profile.links, start=1):
            values |= {f"label_{n}": link["label"], f"address_{n}": link["address"]}
        return values

    def said(self) -> dict[str, Any]:
        """What was written, as the actions take it."""
        given = self.cleaned_data
        return {
            "words": {tongue.code: given[f"words_{tongue.code}"] for tongue in tongues()},
            "links": [(given[f"label_{n}"], given[f"address_{n}"]) for n in range(1, LINKS + 1)],
            "contacts": {str(way): (given[f"contact_{way}"], given[f"public_{way}"]) for way in Way},
        }

    @property
    def words(self) -> list[BoundField]:
        """The boxes for texts."""
        return [self[f"words_{tongue.code}"] for tongue in tongues()]

    @property
    def contacts(self) -> list[tuple[BoundField, BoundField]]:
        """Each contact with its switch."""
        return [(self[f"contact_{way}"], self[f"public_{way}"]) for way in Way]

    @property
    def links(self) -> list[tuple[BoundField, BoundField]]:
        """The lines that are filled in, and a few empty ones."""
        return list(self._lines())[: self._filled + EMPTY_LINKS]

    @property
    def more_links(self) -> list[tuple[BoundField, BoundField]]:
        """All other lines."""
        return list(self._lines())[self._filled + EMPTY_LINKS :]

    def _lines(self) -> Iterator[tuple[BoundField, BoundField]]:
        return ((self[f"label_{n}"], self[f"address_{n}"]) for n in range(1, LINKS + 1))

    @property
    def _filled(self) -> int:
        return max(
            (n for n, pair in enumerate(self._lines(), start=1) if any(each.value() for each in pair)), default=0
        )


class PhotoForm(VersionForm):
    """A photograph, or other words about the one that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, 15 MB at most. Where and with what it was taken is removed before it is kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    credit = forms.CharField(
        label=gettext_lazy("Who took it"), required=False, max_length=CREDIT_LETTERS,
        help_text=gettext_lazy("The name stands under the picture."),
    )  # fmt: skip
    may_publish = forms.BooleanField(label=gettext_lazy("I may publish this picture"), required=False)

    def __init__(
        self, *args: Any, photo: Photo | None, initial: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**self.of(photo), **(initial or {})}
        super().__init__(*args, **kwargs)
        for tongue in _read_aloud():
            self.fields[f"alt_{tongue.code}"] = forms.CharField(
                label=_("What it shows (%(language)s)") % {"language": tongue.name},
                required=tongue.code == settings.LANGUAGE_CODE,
                max_length=ALT_LETTERS,
                help_text=_("For people who cannot see it.") if tongue.code == settings.LANGUAGE_CODE else "",
            )
        self.photo = photo
        if photo is None:
            self.fields["picture"].required = True
        self.order_fields(["picture", *(f"alt_{tongue.code}" for tongue in _read_aloud()), "credit", "may_publish"])
        self.remember(photo or Photo(version=0), self.of(photo))

    @staticmethod
    def of(photo: Photo | None) -> dict[str, Any]:
        """The form's values for a photograph as it is."""
        if photo is None:
            return {}
        return {"credit": photo.credit, **{f"alt_{code}": text for code, text in photo.alt.items()}}

    def _asked(self) -> list[str]:
        """A picture and a confirmation are given anew each time: they are no part of what two people wrote."""
        return [name for name in super()._asked() if name not in {"picture", "may_publish"}]

    def clean(self) -> dict[str, Any]:
        """A new picture needs the word that it may be shown."""
        given = super().clean() or self.cleaned_data
        if given.get("picture") and not given.get("may_publish"):
            self.add_error("may_publish", str(Refused("unconfirmed")))
        return given

    def described(self) -> dict[str, Any]:
        """What was said about it, as the actions take it."""
        given = self.cleaned_data
        alt = {tongue.code: given[f"alt_{tongue.code}"] for tongue in _read_aloud()}
        return {"alt": alt, "credit": given["credit"]}


def _read_aloud() -> list[Tongue]:
    """Languages in which a picture is described."""
    return [tongue for tongue in tongues() if not tongue.in_columns]


def _words_field(tongue: Tongue) -> forms.CharField:
    look = {"rows": 8, "lang": tongue.code, **({"class": "mongol mongol-area"} if tongue.in_columns else {})}
    return forms.CharField(
        label=tongue.name,
        required=False,
        strip=False,
        max_length=2 * LETTERS,  # the action counts them, and says how many there are
        help_text=_("%(most)d letters at most. An empty line begins a paragraph.") % {"most": LETTERS},
        widget=forms.Textarea(attrs=look),
    )
