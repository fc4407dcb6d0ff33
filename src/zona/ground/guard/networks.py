"""Which addresses of the internet may be called. Pure: own table, plain values.

The standard library's `is_global` says yes to `64:ff9b::7f00:1` (NAT64 of 127.0.0.1) and judges
6to4 differently in 3.11.2 and 3.11.7, so the table stands here: the IANA special-purpose address
registries for IPv4 and IPv6 in their state of 22 October 2024 (RFC 6890, RFC 8190), multicast
(RFC 5771, RFC 4291) and, of IPv6, only what is allocated as global unicast, 2000::/3.

No public website stands in any special block, those marked globally reachable included. What embeds
an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) is refused whole.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

SPECIAL_IPV4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
GLOBAL_IPV6 = IPv6Network("2000::/3")  # so neither ::1, mapped, NAT64, fc00::, fe80::, ff00::
SPECIAL_IPV6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocols of the IETF: Teredo, benchmarks, ORCHID, drones
        "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the open internet; no for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in block for block in SPECIAL_IPV4)
    if found.scope_id or found not in GLOBAL_IPV6:
        return False
    return not any(found in block for block in SPECIAL_IPV6)
