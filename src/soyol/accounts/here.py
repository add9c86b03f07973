"""Whether a request comes from the machine on which the site runs."""

from ipaddress import ip_address

from django.http import HttpRequest

#: Names by which a machine calls itself.
NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def from_this_machine(request: HttpRequest) -> bool:
    """Whether client and host name are local: behind a proxy here every client looks so, but not the name."""
    if request.get_host().rsplit(":", 1)[0] not in NAMES:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
