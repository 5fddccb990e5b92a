"""Whose request it is, for what is counted by address: limits of the API, failed sign-ins, mails that are asked for."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one subscriber has: whoever holds a /64 has 2⁶⁴ addresses to ask from (RFC 6177).
SUBSCRIBER_BITS = 64
UNKNOWN = "unknown"

Address = IPv4Address | IPv6Address


def client_network(request: HttpRequest) -> str:
    """Return the visitor's IPv4 address or IPv6 network (/64); "unknown" where the server was told none."""
    address = client_address(request)
    if address is None:
        return UNKNOWN
    if address.version == 4:
        return str(address)
    return str(ip_network((address, SUBSCRIBER_BITS), strict=False))


def client_address(request: HttpRequest) -> Address | None:
    """Return the visitor's address.

    Each of `settings.TRUSTED_PROXIES` proxies has added the address it was asked from at the end of X-Forwarded-For;
    what stands before is the visitor's own claim. Fewer entries than proxies: the request came round the door, and
    the address of the connection is all that is known.
    """
    proxies = settings.TRUSTED_PROXIES
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    forwarded = _read(told[-proxies]) if len(told) >= proxies > 0 else None
    return forwarded or _read(request.META.get("REMOTE_ADDR", ""))


def _read(text: str) -> Address | None:
    """Read an address, with a port or a zone beside it or not; IPv4 written as IPv6 (::ffff:192.0.2.1) is IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
