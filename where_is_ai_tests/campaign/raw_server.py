"""A loopback server that sends exactly the bytes a fault wants, when it wants, and ends as it wants."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True)
class Pause:
    """Send nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Drip:
    """Send the bytes one by one, so far apart."""

    content: bytes
    gap_s: float = 0.02


class Reset:
    """End with a reset instead of in order."""


Step = bytes | Pause | Drip | Reset


@dataclass(frozen=True)
class Asked:
    """``path`` is HOST/PATH?QUERY as the mirror is asked for it; ``head`` the whole request as it came."""

    path: str
    head: str

    @property
    def host(self) -> str:
        return unquote(self.path.lstrip("/").partition("/")[0].partition("?")[0])


def reply(
    body: bytes = b"", status: str = "200 OK", headers: Sequence[str] = (), length: int | None = None
) -> bytes:
    """A whole HTTP answer; ``length`` is what it claims where that is not true."""
    told = (f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers)
    return ("\r\n".join((*told, "Connection: close")) + "\r\n\r\n").encode("latin-1", "replace") + body


class RawServer:
    """A context manager; ``answer`` gives the steps for the request that was asked and its number, from 1."""

    def __init__(self, answer: Callable[[Asked, int], Sequence[Step]]):
        self.asked: list[Asked] = []
        self.answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._ended = False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "RawServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        with suppress(OSError), socket.create_connection(self._listener.getsockname(), timeout=1):
            pass
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._ended:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        # The client may leave at any moment: what it makes of the answer is what is judged.
        with connection, suppress(OSError):
            connection.settimeout(5)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (received := connection.recv(65536)):
                    return
                head += received
            text = head.decode("latin-1")
            self.asked.append(Asked(text.split(" ")[1], text))
            for step in self.answer(self.asked[-1], len(self.asked)):
                if not self._take(step, connection):
                    return

    def _take(self, step: Step, connection: socket.socket) -> bool:
        if isinstance(step, Reset):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if isinstance(step, Pause):
            time.sleep(step.seconds)
        elif isinstance(step, Drip):
            for byte in step.content:
                if self._ended:
                    return False
                connection.sendall(bytes([byte]))
                time.sleep(step.gap_s)
        else:
            connection.sendall(step)
        return True
