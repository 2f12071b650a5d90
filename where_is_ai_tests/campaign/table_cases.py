"""What a kind of fault in a file of BLS or of the Census Bureau gives to be read: the files, some of them changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

import pandas as pd

from where_is_ai_tests.campaign.answers import zipped

PAGE = b"<!DOCTYPE html><html><head><title>Access Denied</title></head><body>Sorry</body></html>"


@dataclass(frozen=True)
class Case:
    """Files by their address. ``areas`` are those recorded with a reconstructed file, None for what was received.

    ``earlier`` are the cells of releases that are at hand.
    """

    files: Mapping[str, bytes]
    areas: int | None = None
    earlier: pd.DataFrame | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of fault in what ``source`` serves; ``plausible`` ones stay within what could be true."""

    name: str
    source: str
    change: Callable[[Random], Case] = field(repr=False)
    plausible: bool = False


def cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content))]


def garbled(random: Random, content: bytes) -> bytes:
    """Some bytes in a row changed, so that a checksum tells."""
    at = random.randrange(40, len(content) - 200)
    return content[:at] + random.randbytes(16) + content[at + 16 :]


def no_archive(random: Random, content: bytes) -> bytes:
    return random.choice(
        (PAGE, b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), content[::-1], random.randbytes(500))
    )


def bomb(name: str, random: Random) -> bytes:
    """A small zip of one large member."""
    return zipped({name: bytes(random.randrange(250, 300) << 20)})


def member_damaged(name: str, whole: bytes, random: Random) -> bytes:
    """A sound zip whose member is not what its name says."""
    damaged = random.choice((cut(random, whole), PAGE, b"", random.randbytes(800), garbled(random, whole)))
    return zipped({name: damaged})
