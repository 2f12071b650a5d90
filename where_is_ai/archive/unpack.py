"""Opening zips and gzips within limits: what their table of contents declares, and what really comes out of them.

Whatever is wrong with one, a reader gets BadUpstream, and no bomb is taken into memory.
"""

import gzip
import lzma
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from where_is_ai.errors import BadUpstream
from where_is_ai.limits import SETTINGS, Limits
from where_is_ai.settings import read_settings

CHUNK_BYTES = 1 << 20
FETCH_ANEW = "Run again to fetch it anew."
# What the libraries raise for damaged, encrypted and unknown kinds of packing.
_FAULTS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError, OverflowError, MemoryError, IndexError, KeyError),
)
_IN_MEMORY_BYTES = 64 << 20
_ARCHIVES = (".zip", ".xlsx", ".xlsm")


class Zip:
    """An open zip; ``names`` are its files in their order (folders left out), ``whence`` what errors call it."""

    def __init__(self, archive: zipfile.ZipFile, packed_bytes: int, whence: str, limits: Limits):
        self._archive = archive
        self._whence = whence
        self._limits = limits
        self._most_bytes = limits.unpacked_bytes(packed_bytes)
        self.names = [member.filename for member in archive.infolist() if not member.is_dir()]
        declared = sum(member.file_size for member in archive.infolist())
        if declared > self._most_bytes:
            raise too_large(whence, packed_bytes, declared, limits)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The member ``name`` to be read in pieces; at its end its checksum has been verified."""
        with _faults_explained(f"{name} in {self._whence}"):
            opened = self._archive.open(name)
        with opened:
            within = _Within(opened, self._most_bytes, f"{name} in {self._whence}", self._limits)
            yield BufferedReader(within, CHUNK_BYTES)

    def read(self, name: str) -> bytes:
        """The whole member ``name``."""
        with self.open(name) as member:
            return member.read()

    def verify(self) -> None:
        """Read through every member, also of zips within the zip; raises BadUpstream for the first that is bad."""
        for name in self._read_through():
            if name.lower().endswith(_ARCHIVES):
                self._verify_inner(name)

    def _read_through(self) -> Iterator[str]:
        """The names of the members after each was read to its end, within the limits for all together."""
        left = self._most_bytes
        for name in self.names:
            with self.open(name) as member:
                while chunk := member.read(CHUNK_BYTES):
                    left -= len(chunk)
                    if left < 0:
                        raise too_large(self._whence, None, self._most_bytes, self._limits)
            yield name

    def _verify_inner(self, name: str) -> None:
        whence = f"{name} in {self._whence}"
        with self.open(name) as member, tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as copy:
            shutil.copyfileobj(member, copy, CHUNK_BYTES)
            size = copy.tell()
            copy.seek(0)
            if copy.read(2) == b"PK":
                with _opened(copy, size, whence, self._limits) as inner:
                    for _ in inner._read_through():
                        pass


@contextmanager
def open_zip(
    content: bytes | Path, whence: str, limits: Limits | None = None, source_mb: float = 0
) -> Iterator[Zip]:
    """Open a zip that is at hand as bytes or as a file; raises BadUpstream where it is none or declares too much.

    ``whence`` is its address; ``limits`` are those that are set where none are given, and ``source_mb`` is the
    ``unpacked_mb`` of its source.
    """
    with _file(content) as file:
        size = file.seek(0, 2)
        with _opened(file, size, whence, (limits or read_settings().limits).for_source(source_mb)) as opened:
            yield opened


def require_modest(workbook: bytes, whence: str, limits: Limits | None = None) -> None:
    """Raise BadUpstream where a workbook is no zip or declares more than the limits, before a reader unpacks it."""
    limits = limits or read_settings().limits
    with _opened(BytesIO(workbook), len(workbook), whence, limits, "not a readable workbook"):
        pass


@contextmanager
def open_gzip(file: Path, whence: str, limits: Limits | None = None) -> Iterator[BinaryIO]:
    """A gzip's content to be read in pieces, within the limits."""
    limits = limits or read_settings().limits
    with _faults_explained(whence):
        packed_bytes = file.stat().st_size
        opened = gzip.GzipFile(file, "rb")
    with opened:
        within = _Within(opened, limits.unpacked_bytes(packed_bytes), whence, limits)
        yield BufferedReader(within, CHUNK_BYTES)


def inflated(packed: Iterable[bytes], whence: str, limits: Limits) -> Iterator[bytes]:
    """What an answer holds that comes as gzip, piece by piece and within the limits.

    Raises EOFError where it is cut off or garbled, which a library's own unpacking passes over.
    """
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    came = gave = 0
    try:
        for chunk in packed:
            came += len(chunk)
            while chunk:
                if unpacking.eof:
                    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
                content = unpacking.decompress(chunk, CHUNK_BYTES)
                chunk = unpacking.unconsumed_tail or unpacking.unused_data
                gave += len(content)
                if gave > limits.unpacked_bytes(came):
                    raise too_large(whence, came, gave, limits)
                yield content
        yield unpacking.flush()
    except zlib.error:
        raise EOFError from None
    if came and not unpacking.eof:
        raise EOFError


def too_large(whence: str, packed_bytes: int | None, unpacked_bytes: int, limits: Limits) -> BadUpstream:
    """The refusal of what unpacks to more than the limits."""
    packed = f"{packed_bytes:,} bytes of it unpack" if packed_bytes is not None else "it unpacks"
    return BadUpstream(
        f"{whence} is refused: {packed} to at least {unpacked_bytes:,} bytes. Allowed are {limits.unpacked_mb:,g} MB "
        f"and {limits.unpack_ratio:g} times the packed size.",
        f"If the source really grew so large, raise {SETTINGS['unpacked_mb']} or {SETTINGS['unpack_ratio']}.",
    )


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Within(RawIOBase):
    """A member's stream that ends with BadUpstream where more comes out than allowed, or what comes is damaged."""

    def __init__(self, stream: _Readable, most_bytes: int, whence: str, limits: Limits):
        self._stream = stream
        self._left = most_bytes
        self._most_bytes = most_bytes
        self._whence = whence
        self._limits = limits

    def readable(self) -> bool:
        return True

    # The base class takes any Buffer, a type that has a name from Python 3.12 on.
    def readinto(self, buffer: memoryview) -> int:  # ty: ignore[incompatible-method-override]
        with _faults_explained(self._whence):
            content = self._stream.read(min(len(buffer), self._left + 1))
        self._left -= len(content)
        if self._left < 0:
            raise too_large(self._whence, None, self._most_bytes, self._limits)
        buffer[: len(content)] = content
        return len(content)


@contextmanager
def _file(content: bytes | Path) -> Iterator[BinaryIO]:
    with BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
        yield file


@contextmanager
def _opened(
    file: IO[bytes], size: int, whence: str, limits: Limits, otherwise: str = "a broken zip"
) -> Iterator[Zip]:
    with _faults_explained(whence, size, otherwise):
        archive = zipfile.ZipFile(file)
    with archive:
        yield Zip(archive, size, whence, limits)


@contextmanager
def _faults_explained(whence: str, size: int | None = None, otherwise: str = "damaged") -> Iterator[None]:
    """Turn what the libraries raise into a BadUpstream that says that ``whence`` is ``otherwise``."""
    try:
        yield
    except _FAULTS as fault:
        came = f" ({size:,} bytes came)" if size is not None else ""
        raise BadUpstream(
            f"{whence} is {otherwise} or was cut off{came}: {str(fault).rstrip('.') or type(fault).__name__}.",
            FETCH_ANEW,
        ) from None
