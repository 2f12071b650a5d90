"""The kinds of fault that the files of LinkUp's feed are tried with."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from where_is_ai_tests.campaign.boards_quarter import FEED, TEXTS


@dataclass(frozen=True)
class Kind:
    """A kind of fault: in which of ``sources`` it may be, and how it changes what that gives.

    ``change`` gives the new content and the ids of the postings that it touched, None for all of the source's.
    ``plausible`` faults stay within what could be true, so that nothing can tell them.
    """

    name: str
    where: tuple[str, ...]
    change: Callable[[Random, str, bytes], tuple[bytes, set[str] | None]]
    plausible: bool = False
    pack: Callable[[Random, bytes], bytes] = lambda random, lines: gzip.compress(lines)


def whole(change: Callable[[Random, bytes], bytes]) -> Callable[[Random, str, bytes], tuple[bytes, None]]:
    return lambda random, source, said: (change(random, said), None)


def a_line(
    change: Callable[[Random, bytes], bytes],
) -> Callable[[Random, str, bytes], tuple[bytes, set[str]]]:
    """Changes one line of the feed."""

    def changed(random: Random, source: str, lines: bytes) -> tuple[bytes, set[str]]:  # noqa: ARG001
        rows = lines.splitlines(keepends=True)
        at = random.randrange(1, len(rows))
        touched = {f"linkup/{rows[at].split(b',')[0].decode()}"}
        rows[at] = change(random, rows[at])
        return b"".join(rows), touched

    return changed


def to_the_end(
    change: Callable[[Random, bytes], bytes],
) -> Callable[[Random, str, bytes], tuple[bytes, set[str]]]:
    """Changes one line of the feed in a way that takes in those that follow."""

    def changed(random: Random, source: str, lines: bytes) -> tuple[bytes, set[str]]:
        said, (first,) = a_line(change)(random, source, lines)
        ids = [f"linkup/{line.split(b',')[0].decode()}" for line in lines.splitlines()[1:]]
        return said, set(ids[ids.index(first) :])

    return changed


def _cell(number: int, *values: bytes) -> Callable[[Random, bytes], bytes]:
    def change(random: Random, line: bytes) -> bytes:
        cells = line.split(b",")
        cells[number] = random.choice(values)
        return b",".join(cells)

    return change


def _into_title(*values: bytes) -> Callable[[Random, bytes], bytes]:
    def change(random: Random, line: bytes) -> bytes:
        cells = line.split(b",")
        cells[1] = cells[1][:3] + random.choice(values) + cells[1][3:]
        return b",".join(cells)

    return change


def _header(random: Random, lines: bytes) -> bytes:
    header, rest = lines.split(b"\n", 1)
    names = header.split(b",")
    at = random.randrange(2)
    names[at] = random.choice(
        (b"", b"x", b"\x00", b"\xff", names[at].upper(), names[1 - at], b'"' + names[at])
    )
    return b",".join(names) + b"\n" + rest


def _no_gzip(random: Random, lines: bytes) -> bytes:
    packed = gzip.compress(lines)
    cut = random.randrange(1, len(packed) - 1)
    overwritten = packed[:cut] + b"\x00" * 8 + packed[cut + 8 :]
    return random.choice((packed[:cut], overwritten, lines, b"", b"PK\x03\x04", packed[:10]))


def _unchanged(random: Random, source: str, lines: bytes) -> tuple[bytes, None]:  # noqa: ARG001
    """The same lines; they are packed otherwise."""
    return bytes(bytearray(lines)), None


def _other_line_ends(random: Random, lines: bytes) -> bytes:
    return lines.replace(b"\n", random.choice((b"\r\n", b"\r")))


def _other_encoding(random: Random, lines: bytes) -> bytes:
    return random.choice((b"\xef\xbb\xbf" + lines, lines.decode().encode("utf-16")))


FEEDS = (FEED, TEXTS)
NO_DAY = (b"", b"soon", b"1970-01-01", b"2999-01-01T00:00:00+00:00", b"5")
CONTROLS = (b"\x00", b"\x01", b"\x1b", b"\x7f", b"\xc2\x9b")
FEED_KINDS = (
    Kind("line can't be written", (FEED,), a_line(_into_title(*CONTROLS))),
    Kind("line is no UTF-8", (FEED,), a_line(_into_title(b"\xff", b"\xed\xa0\x80", b"\xc3"))),
    Kind("line with an unclosed quote", (FEED,), to_the_end(_cell(1, b'"Data', b'"'))),
    Kind("line torn", (FEED,), a_line(lambda random, line: line[: random.randrange(34, 60)] + b"\n")),
    Kind("dates of the feed are absurd", (FEED,), a_line(_cell(8, *NO_DAY))),
    Kind("last check is absurd", (FEED,), a_line(_cell(9, *NO_DAY[1:]))),
    Kind("city of the feed of 10,000 letters", (FEED,), a_line(_cell(4, b"x" * 10_000, b"y" * 100_000))),
    Kind("header of the feed is off", FEEDS, whole(_header)),
    Kind("feed's file is no gzip", FEEDS, _unchanged, pack=_no_gzip),
    Kind("feed's lines end otherwise", FEEDS, whole(_other_line_ends)),
    Kind("feed begins with a mark or is no UTF-8", FEEDS, whole(_other_encoding)),
)
