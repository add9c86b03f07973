"""Static files under names that hold the hash of their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Rewrites the imports between ES modules as well, so that a changed module reaches every browser."""

    support_js_module_import_aggregation = True
    # A name that is not in the manifest (before ``collectstatic``, in tests) is served as it is.
    manifest_strict = False
