"""A stretch of network that breaks: it passes TCP on, and cuts each connection after so many bytes."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class CuttingProxy:
    """Passes bytes to a server of this machine. `cuts` says after how many bytes each connection breaks."""

    def __init__(self, port: int, cuts: Iterable[int]) -> None:
        self.passed, self.made = 0, 0  # bytes that senders got through, cuts so far
        self._target, self._cuts, self._lock = port, iter(cuts), threading.Lock()
        self._left = next(self._cuts, None)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sender, _ = self._listening.accept()
                threading.Thread(target=self._connect, args=(sender,), daemon=True).start()

    def _connect(self, sender: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        threading.Thread(target=self._answer, args=(server, sender), daemon=True).start()
        with contextlib.suppress(OSError):
            while data := sender.recv(self._room()):
                server.sendall(data)
                if self._is_cut(len(data)):
                    sender.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    break
        for one in (sender, server):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    @staticmethod
    def _answer(server: socket.socket, sender: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                sender.sendall(data)

    def _room(self) -> int:
        with self._lock:
            return 65536 if self._left is None else max(1, min(65536, self._left))

    def _is_cut(self, came: int) -> bool:
        """The bytes of all connections count together, so that each cut falls where it shall."""
        with self._lock:
            self.passed += came
            if self._left is None:
                return False
            self._left -= came
            if self._left > 0:
                return False
            self._left, self.made = next(self._cuts, None), self.made + 1
            return True


@contextmanager
def cutting(port: int, cuts: Iterable[int]) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(port, cuts)
    try:
        yield proxy
    finally:
        proxy.close()
