"""Sheets for printing: a usual one, and one that holds as much as an entry can."""

import pytest
from django.conf import settings

from soyol.certificates.models import Certificate
from soyol.certificates.printing.sheet import Sheet, sheet_of


@pytest.fixture
def sheet(certificate: Certificate) -> Sheet:
    """The sheet of the certificate."""
    return sheet_of(certificate)


@pytest.fixture
def fullest(certificate: Certificate) -> Sheet:
    """A name of 300 signs in each language and as many domains and occupations as are printed, all of them long."""
    codes = list(dict(settings.LANGUAGES))
    certificate.facts |= {
        "names": {code: f"{code} a name as long as they come ".ljust(300, "m") for code in codes},
        "domains": {code: [f"{code} a domain with a very long name, number {n}" for n in range(4)] for code in codes},
        "occupations": {code: [f"{code} an occupation with a long name {n}" for n in range(4)] for code in codes},
        "invented": True,
    }
    certificate.issued_by, certificate.office = "Somebody With A Long Name " * 4, "an office with a long name " * 6
    return sheet_of(certificate)
