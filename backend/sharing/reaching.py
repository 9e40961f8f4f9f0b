"""Where a message may go: https, a host of the setting, a public address. Nowhere unless somebody said so."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from backend.core.settings import Settings
from backend.sharing.errors import NotDelivered

Address = IPv4Address | IPv6Address
_OTHERS_INSIDE = (  # may lead to a private IPv4
    IPv6Network("64:ff9b::/32"), IPv6Network("2002::/16"), IPv6Network("::/96"), IPv6Network("::ffff:0:0/96")
)  # fmt: skip
_FOR_PROTOCOLS = IPv4Network("192.0.0.0/24")  # two of it count as global (RFC 7723, RFC 8155)


@dataclass(frozen=True, slots=True)
class Target:
    """An https address, taken apart."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        return self.host if self.port == 443 else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"https://{self.authority}{self.path}"


def target_of(address: str) -> Target:
    """Take an address apart. Raises ValueError for all but https, a name of letters and a plain path."""
    if not (address.isascii() and address.isprintable()) or any(c in address for c in " \\?#@%"):
        raise ValueError(address)
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or _is_number(parts.hostname):
        raise ValueError(address)
    return Target(parts.hostname.lower(), parts.port or 443, parts.path or "/")


def is_allowed(target: Target, settings: Settings) -> bool:
    """Whether the setting names this host; with another port than 443, that too."""
    return target.authority in {one.strip().lower() for one in settings.sharing_hosts.split(",")}


def networks(settings: Settings) -> list[IPv4Network | IPv6Network]:
    """The networks that the setting names. Raises ValueError where it names none."""
    return [ip_network(one.strip()) for one in settings.sharing_networks.split(",") if one.strip()]


def resolve(target: Target, settings: Settings) -> list[Address]:
    """The addresses of a host. Raises NotDelivered where one of them is not public and no setting names it.

    Whoever connects takes one of these and does not ask for the name again.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a label that is empty or too long is no name
        raise NotDelivered("unreachable") from None
    addresses = list(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))
    if not addresses or not all(_may_be_reached(one, settings) for one in addresses):
        raise NotDelivered("address_refused")
    return addresses


def _may_be_reached(address: Address, settings: Settings) -> bool:
    if any(address in network for network in networks(settings) if network.version == address.version):
        return True
    if isinstance(address, IPv6Address):
        is_hidden = address.is_site_local or any(address in one for one in _OTHERS_INSIDE)
    else:
        is_hidden = address in _FOR_PROTOCOLS
    return address.is_global and not (address.is_multicast or address.is_reserved or is_hidden)


def _is_number(host: str) -> bool:
    """Whether a host is an address of its own: 127.0.0.1, ::1, 2130706433, 0x7f.1."""
    return ":" in host or host.rstrip(".").rpartition(".")[2][:1].isdigit()
