"""A line to the server that breaks: some requests are lost, before, during and after they are answered."""

import contextlib
import http.client
import mimetypes
import random
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CUTS = ("before", "while asking", "while answering", "after")


class BreakingLine:
    """Passes requests on to a server of this machine, and serves the page of the test itself, always.

    `share` says how many of the requests are cut: 0 is a good line, 1 is none at all.
    """

    def __init__(self, port: int, page: Path, *, seed: int = 7) -> None:
        self.port, self.page, self.share = port, page, 0.0
        self.cut = dict.fromkeys(CUTS, 0)
        self._random = random.Random(seed)
        self._lock = threading.Lock()

    def cut_next(self) -> str | None:
        """How the next request is cut, if it is."""
        with self._lock:
            if self._random.random() >= self.share:
                return None
            kind = "before" if self.share == 1 else self._random.choice(CUTS)
            self.cut[kind] += 1
            return kind


class _Handler(BaseHTTPRequestHandler):
    line: BreakingLine

    def _pass_on(self) -> None:
        if self.path.startswith("/page/"):
            self._page()
            return
        kind = self.line.cut_next()
        if kind == "before":
            self._break()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = http.client.HTTPConnection("127.0.0.1", self.line.port, timeout=60)
        with contextlib.closing(server):
            self._ask(server, body[: len(body) // 2] if kind == "while asking" else body)
            if kind == "while asking":
                self._break()
                return
            self._answer(server.getresponse(), kind)

    def _ask(self, server: http.client.HTTPConnection, body: bytes) -> None:
        server.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() != "connection":
                server.putheader(name, value)
        server.endheaders(body)

    def _answer(self, answer: http.client.HTTPResponse, kind: str | None) -> None:
        content = answer.read()
        if kind == "after":
            self._break()
            return
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if kind else content)
        if kind:
            self._break()

    def _page(self) -> None:
        file = self.line.page / self.path.removeprefix("/page/").partition("?")[0]
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.end_headers()
        self.wfile.write(file.read_bytes())

    def _break(self) -> None:
        """End the connection as a dead spot does: without a word."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: object) -> None: ...

    do_GET = do_HEAD = do_POST = do_PATCH = _pass_on


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that was killed leaves broken connections; that is what this line is for."""


@contextmanager
def breaking(port: int, page: Path) -> Iterator[tuple[BreakingLine, str]]:
    """The line, and the address at this end of it."""
    line = BreakingLine(port, page)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"line": line}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield line, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
