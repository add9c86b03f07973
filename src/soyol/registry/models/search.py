"""The search index: a dictionary of name keys, their spellings with a sign left out, and who bears them."""

from typing import ClassVar

from django.db import models

from soyol.registry.columns import BytewiseCharField


class SearchToken(models.Model):
    """One word of names as the pack's Latin key, with its sound key and how many entries bear it."""

    text = BytewiseCharField(max_length=40, unique=True)
    sound = BytewiseCharField(max_length=40, db_index=True)
    uses = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.text)


class SearchForm(models.Model):
    """A spelling of a token: its own Latin key, or a folded word in the script in which it was written."""

    text = BytewiseCharField(max_length=40, unique=True)
    token = models.ForeignKey(SearchToken, models.CASCADE, related_name="forms")

    def __str__(self) -> str:
        return str(self.text)


class SearchDeletion(models.Model):
    """A hash of a form with signs left out. Two spellings one error apart share such a hash."""

    hash = models.BigIntegerField()
    token = models.ForeignKey(SearchToken, models.CASCADE, related_name="deletions", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hash", "token"], name="registry_searchdeletion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.hash} {self.token_id}"


class Posting(models.Model):
    """This entry bears this word."""

    pk = models.CompositePrimaryKey("token_id", "entry_id")
    token = models.ForeignKey(SearchToken, models.CASCADE, related_name="postings", db_index=False)
    # Who deletes an entry has deleted its words before, and counted them; Django need not read it to look for them.
    entry = models.ForeignKey("registry.DirectoryEntry", models.DO_NOTHING, related_name="postings")

    def __str__(self) -> str:
        return f"{self.token_id} {self.entry_id}"
