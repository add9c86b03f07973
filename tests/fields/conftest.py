"""Instances with processes of their own, as the worker's tests have them."""

from tests.jobs.conftest import instance, make_instance

__all__ = ["instance", "make_instance"]
