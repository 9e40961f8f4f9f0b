"""One request to a receiver: to an address that was looked at, within a time, no redirect, a short answer."""

import contextlib
import http.client
import socket
import ssl
import threading
import time

from backend.core.settings import Settings
from backend.sharing.errors import NotDelivered
from backend.sharing.reaching import Address, Target, is_allowed, resolve
from backend.sharing.signing import Answer

LONGEST_ANSWER = 64 * 1024


class _Connection(http.client.HTTPSConnection):
    """A connection to one address of a host, whose certificate is held against the host's name.

    It is cut when its time is over, however slowly the other side goes on talking.
    """

    def __init__(self, target: Target, at: Address, settings: Settings, limit_s: float) -> None:
        self._trust, self._at, self._limit_s = trust(settings), (str(at), target.port), limit_s
        super().__init__(target.host, target.port, timeout=self._limit_s, context=self._trust)

    def connect(self) -> None:
        plain = socket.create_connection(self._at, self._limit_s)
        self._same = plain.dup()
        self._watch = threading.Timer(self._limit_s, self._cut)
        self._watch.daemon = True
        self._watch.start()
        try:
            self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            self.end()
            raise

    def end(self) -> None:
        """Close it, once it was connected."""
        self._watch.cancel()
        self._same.close()
        self.close()

    def _cut(self) -> None:
        with contextlib.suppress(OSError):  # closed in this very moment
            self._same.shutdown(socket.SHUT_RDWR)


def post(target: Target, headers: dict[str, str], body: bytes, settings: Settings) -> Answer:
    """Send a body once. Raises NotDelivered; redirects and proxies are followed nowhere."""
    if not is_allowed(target, settings):
        raise NotDelivered("host_not_allowed")
    connection = _connected(target, settings)
    try:
        return _ask(connection, target, headers, body)
    except (OSError, http.client.HTTPException, ValueError):
        raise NotDelivered("no_answer") from None
    finally:
        connection.end()


def _connected(target: Target, settings: Settings) -> _Connection:
    until = time.monotonic() + settings.sharing_timeout_s
    for address in resolve(target, settings):
        if (left_s := until - time.monotonic()) <= 0:
            break
        connection = _Connection(target, address, settings, left_s)
        try:
            connection.connect()
        except ssl.SSLError:
            raise NotDelivered("not_trusted") from None
        except OSError:
            continue
        return connection
    raise NotDelivered("unreachable")


def _ask(connection: _Connection, target: Target, headers: dict[str, str], body: bytes) -> Answer:
    connection.request("POST", target.path, body, headers | {"Connection": "close"})
    with connection.getresponse() as response:
        if 300 <= response.status < 400:
            raise NotDelivered("redirected")
        said = response.read(LONGEST_ANSWER + 1)
    if len(said) > LONGEST_ANSWER:
        raise NotDelivered("answer_too_large")
    return Answer(response.status, response.headers, said)


def trust(settings: Settings) -> ssl.SSLContext:
    """Whom we trust. Raises OSError where the setting names no certificates."""
    context = ssl.create_default_context()
    if settings.sharing_ca:
        context.load_verify_locations(cafile=settings.sharing_ca)
    return context
