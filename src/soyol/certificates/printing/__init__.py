"""Certificates as sheets of paper: by a browser where one is, else by a library that needs nothing of the machine."""

from soyol.certificates.printing.printed import Printed, printed

__all__ = ["Printed", "printed"]
