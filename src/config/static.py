"""Static files under names that hold the hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001 - Django's own


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no type marker
    """Rewrites the imports between our ES modules as well, so that a changed module reaches every browser.

    Only ours: the comments of others name files that their package does not carry.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("ui/js/*.js", _IMPORTS))
    #: A name changes when one that it imports does, so the longest chain of imports needs as many rounds.
    max_post_process_passes = 20
