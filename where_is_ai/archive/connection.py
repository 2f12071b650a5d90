"""HTTP connections that can be cut from outside, since a read timeout never ends a drip of one byte a second."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

_thread = threading.local()


class Deadline:
    """Cuts the thread's connection when its time is over."""

    def __init__(self) -> None:
        self.expired = False
        self._socket: socket.socket | None = None

    def watch(self, connected: socket.socket | None) -> None:
        """Cut ``connected`` when the time is over, at once where it is; its connection may forget it before the end."""
        self._socket = connected
        if self.expired:
            self.cut()

    def cut(self) -> None:
        self.expired = True
        if self._socket is not None:
            # Below TLS: another thread is reading from it, and only wants to see the end.
            with suppress(OSError, ValueError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


@contextmanager
def deadline(seconds: float) -> Iterator[Deadline]:
    """Cut whatever connection this thread reads from ``seconds`` from now, unless the block has ended by then."""
    watching = _thread.deadline = Deadline()
    timer = threading.Timer(seconds, watching.cut)
    timer.daemon = True
    timer.start()
    try:
        yield watching
    finally:
        timer.cancel()
        _thread.deadline = None


class UnledSession(requests.Session):
    """Leaves a redirect to the caller: the library's own looks ahead, and reads its whole body for that.

    It keeps no cookies, which would carry what one host was told to another of the same domain.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        return None


class _WatchedHTTP(HTTPConnection):
    def getresponse(self) -> HTTPResponse:
        _watch(self.sock)
        return super().getresponse()


class _WatchedHTTPS(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:
        _watch(self.sock)
        return super().getresponse()


def _watch(connected: object) -> None:
    """Let the thread's deadline, where it has one, cut ``connected``: TLS within TLS is no socket and is left alone."""
    if (watching := getattr(_thread, "deadline", None)) and isinstance(connected, socket.socket | None):
        watching.watch(connected)


# urllib3 types these attributes by protocols that its own classes don't meet to the letter.
class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTP  # ty: ignore[invalid-assignment]


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS  # ty: ignore[invalid-assignment]


_LIBRARYS_OWN: dict[str, type[HTTPConnectionPool]] = {
    "http": HTTPConnectionPool,
    "https": HTTPSConnectionPool,
}
_POOLS: dict[str, type[HTTPConnectionPool | HTTPSConnectionPool]] = {"http": _HTTPPool, "https": _HTTPSPool}


class WatchedAdapter(HTTPAdapter):
    """The library's own adapter, with connections that a Deadline can cut."""

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more)
        # Typed by what it holds at first.
        self.poolmanager.pool_classes_by_scheme = _POOLS  # ty: ignore[invalid-assignment]

    def proxy_manager_for(self, proxy: str, **more: object):
        manager = super().proxy_manager_for(proxy, **more)
        if manager.pool_classes_by_scheme == _LIBRARYS_OWN:
            # A SOCKS proxy has connections of its own, which reach it.
            manager.pool_classes_by_scheme = _POOLS
        return manager
