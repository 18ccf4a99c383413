"""Which addresses a webhook may lead to: public ones, so that nobody reaches into our own network through us."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

Address = IPv4Address | IPv6Address

# Global unicast (RFC 4291). All else that looks public embeds or relays to IPv4 addresses, private ones among them.
_UNICAST: Final = IPv6Network("2000::/3")
_6TO4: Final = IPv6Network("2002::/16")


def parse_address(text: str) -> Address | None:
    """The address that a host literally is; None for a name."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def may_be_reached(address: Address, *, loopback: bool) -> bool:
    """Whether webhooks may lead there: public addresses, and this machine where `loopback` allows it."""
    if address.is_loopback:
        return loopback
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return isinstance(address, IPv4Address) or (address in _UNICAST and address not in _6TO4)
