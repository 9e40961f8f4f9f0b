"""What took a while to work out, kept for a while in this process, each for those who see the same."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Sized)


OVERHEAD = 512  # of a key: what is empty takes room too


class Kept(Generic[Value]):
    """Values by a key that holds all they depend on; the least used go when there is no more room."""

    def __init__(self, seconds: float, room: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self.room, self.size = seconds, room, 0
        self._clock, self._lock = clock, threading.Lock()
        self._values: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()

    def __getitem__(self, key: Hashable) -> Value | None:
        """The value of this key, unless there is none or it is too old."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            at, value = self._values[key]
        return value if self._clock() - at < self.seconds else None

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of this key, worked out now if it is not kept."""
        value = self[key]
        if value is None:
            value = make()
            self._keep(key, value)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.size = 0

    @staticmethod
    def _cost(value: Sized) -> int:
        return len(value) + OVERHEAD

    def _keep(self, key: Hashable, value: Value) -> None:
        with self._lock:
            if key in self._values:
                self.size -= self._cost(self._values.pop(key)[1])
            self._values[key] = self._clock(), value
            self.size += self._cost(value)
            while self.size > self.room:
                self.size -= self._cost(self._values.popitem(last=False)[1][1])
