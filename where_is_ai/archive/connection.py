"""HTTP connections that can be cut from outside, since a read timeout never ends a drip of one byte a second."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_thread = threading.local()


class Deadline:
    """Cuts the thread's connection when its time is over."""

    def __init__(self) -> None:
        self.expired = False
        self.connection: HTTPConnection | None = None

    def cut(self) -> None:
        self.expired = True
        sock = getattr(self.connection, "sock", None)
        if sock is not None:
            # Below TLS: another thread is reading from it, and only wants to see the end.
            with suppress(OSError, ValueError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


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


class _Watched:
    def getresponse(self, *arguments: object, **more: object):
        if watching := getattr(_thread, "deadline", None):
            watching.connection = self
            if watching.expired:
                watching.cut()
        return super().getresponse(*arguments, **more)


class _WatchedHTTP(_Watched, HTTPConnection):
    pass


class _WatchedHTTPS(_Watched, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class WatchedAdapter(HTTPAdapter):
    """The library's own adapter, with connections that a Deadline can cut."""

    def init_poolmanager(self, *arguments: object, **more: object) -> None:
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **more: object):
        manager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = _POOLS
        return manager
