"""A message on its way to an address somebody typed in: it must not become a way into our own network.

The name is resolved at every attempt, every address it has must be a public one (or of a network the deployer named),
and the connection goes to the address that was looked at, not to the name once more. Only https; http on this machine
alone. No redirect is followed, no proxy asked, and neither time nor size is the receiver's to choose.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from fengchao.base.errors import Refused

STEP_SECONDS, DEADLINE_SECONDS = 5.0, 15.0
ANSWER_BYTES = 64 * 1024
MOST_ADDRESSES = 4
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Ways of writing an IPv4 address, perhaps one of ours, as a public IPv6 one.
DISGUISES = [ipaddress.IPv6Network(net)
             for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


@dataclass(frozen=True, slots=True)
class Attempt:
    """`status` of the answer if there was one; `problem` is a code of the catalogue, empty when it was delivered."""

    status: int | None
    problem: str = ""


def check_url(url: str) -> SplitResult:
    """Raises Refused "hook_url" for what no message could ever be sent to, "hook_inside" for an address written out
    that is one of ours; what a name stands for is looked up when something is sent."""
    try:
        parts = urlsplit(url)
        fine = (parts.scheme in ("https", "http") and parts.hostname and "%" not in parts.hostname
                and not parts.username and parts.port != 0)
    except ValueError:
        fine = False
    if not fine or not url.isascii() or any(ord(char) <= 32 for char in url):
        raise Refused("hook_url")
    if parts.scheme == "http" and not any(net.is_loopback for net in settings.WEBHOOK_NETWORKS):
        raise Refused("hook_url")
    with suppress(OSError, UnicodeError):  # a name, and not an address in one of its notations
        _permitted(parts, flags=socket.AI_NUMERICHOST)
    return parts


def send(url: str, body: bytes, headers: dict[str, str]) -> Attempt:
    """One attempt; whatever happens there is told, nothing is raised."""
    try:
        parts = check_url(url)
        connection = _connection(parts, _resolved(parts))
        with _deadline(connection):
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/", body, headers)
            answer = connection.getresponse()
            answer.read(ANSWER_BYTES)
            return Attempt(answer.status, "" if 200 <= answer.status < 300 else "hook_status")
    except Refused as refused:
        return Attempt(None, refused.code)
    except ssl.SSLError:
        return Attempt(None, "hook_tls")
    except TimeoutError:
        return Attempt(None, "hook_slow")
    except (OSError, HTTPException):
        return Attempt(None, "hook_down")


def allowed(address: Address, *, encrypted: bool = True) -> bool:
    """A public address, or one of a network the deployer named; without encryption only this machine's own."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in net for net in settings.WEBHOOK_NETWORKS):
        return encrypted or address.is_loopback
    disguised = any(address in net for net in DISGUISES)
    return encrypted and address.is_global and not address.is_multicast and not disguised


def _resolved(parts: SplitResult) -> list[str]:
    try:
        return _permitted(parts)
    except (OSError, UnicodeError) as error:
        raise Refused("hook_unknown") from error


def _permitted(parts: SplitResult, flags: int = 0) -> list[str]:
    """The addresses of the name. One that is forbidden forbids the name: it could be any of them."""
    found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM, flags=flags)
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not all(allowed(ipaddress.ip_address(one), encrypted=parts.scheme == "https") for one in addresses):
        raise Refused("hook_inside")
    return addresses


def _connection(parts: SplitResult, targets: list[str]) -> HTTPConnection:
    """To the first of `targets` that answers; the host of the request and of the certificate is the name."""
    secure = parts.scheme == "https"
    kind = HTTPSConnection if secure else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=STEP_SECONDS)
    plain = _first(targets, connection.port)
    connection.sock = plain if not secure else ssl.create_default_context().wrap_socket(
        plain, server_hostname=parts.hostname, do_handshake_on_connect=False)
    return connection


def _first(targets: list[str], port: int) -> socket.socket:
    """A machine without IPv6 is told IPv6 addresses all the same."""
    problem: OSError = OSError("no address")
    for target in targets[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((target, port), timeout=STEP_SECONDS)
        except OSError as error:
            problem = error
    raise problem


@contextmanager
def _deadline(connection: HTTPConnection) -> Iterator[None]:
    """Ends what drips: each step is timed by the socket, all of them together by this."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(DEADLINE_SECONDS, end)
    timer.start()
    try:
        yield
    except (OSError, HTTPException) as error:
        if late:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()
