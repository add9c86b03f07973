"""Property tests without a deadline: a busy machine is no finding."""

from hypothesis import settings

settings.register_profile("soyol", deadline=None, max_examples=60)
settings.load_profile("soyol")
