"""What the archive says of each answer it keeps, and what can be asked of a source."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

RETRIEVED_AT = "%Y-%m-%dT%H:%M:%SZ"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def key_of(url: str, body: str) -> str:
    """An address, with what is posted to it."""
    return f"{url} {body}" if body else url


@dataclass(frozen=True)
class Source:
    """Somebody who publishes data: how to name and credit them, and what they want from a client.

    ``key`` is the query parameter (with ``key_in_header`` the header) and the setting that holds a secret for it,
    where the source knows keys;
    ``per_second`` the requests that it takes in a second without and with a key, where it enforces a rate;
    ``refusal_hint`` says what usually mends a refusal, ``hint_without_key`` what does where the key is not set;
    ``private`` that its answers name people, so that kept ones are readable by their owner alone; ``unpacked_mb`` what
    its largest zip may unpack to, in 10^6 bytes, where that is known to be more than the usual limit.
    """

    name: str
    licence: str
    homepage: str
    key: tuple[str, str] | None = None
    per_second: tuple[float, float] | None = None
    refusal_hint: str = "Try again later; if it stays so, look at the source's own pages."
    hint_without_key: str = ""
    private: bool = False
    key_in_header: bool = False
    unpacked_mb: float = 0


@dataclass(frozen=True)
class Request:
    """One answer to ask for: its address without secrets, whose it is, and what kind it must be.

    ``media_type`` is ``application/zip``, ``application/json``, ``text/csv`` and so on; ``fresh_for`` lets a live
    run take an archived answer that is younger, for sources where each call costs; ``each_time`` enters even an
    unchanged answer again, where it matters when something was still so.

    ``promise`` looks at an answer and says what it lacks to be the one that was asked for, "" where it lacks nothing.
    It is given the value of JSON, the names in a zip, and of any other kind the first 8 kB as text.

    ``body`` is the JSON that is posted to the address; without one the address is got.
    """

    url: str
    source: Source
    media_type: str
    fresh_for: timedelta = timedelta(0)
    each_time: bool = False
    promise: Callable[[Any], str] | None = field(default=None, compare=False, repr=False)
    body: str = ""

    @property
    def key(self) -> str:
        """What tells its answers from those of other requests."""
        return key_of(self.url, self.body)


@dataclass(frozen=True)
class Entry:
    """One kept answer. ``retrieved_at`` is ISO 8601 in UTC; ``sha256`` is of the ``bytes`` bytes as received.

    ``reconstructed`` is true where the file was made from published figures rather than received; ``cost_usd`` is
    what the source says that it charged, None where it charges nobody; ``areas`` is how many areas a reconstructed
    file was made with, None where that is not recorded. ``body`` is what was posted to the address, if anything.
    """

    url: str
    retrieved_at: str
    sha256: str
    bytes: int
    media_type: str
    source: str
    licence: str
    reconstructed: bool = False
    note: str = ""
    etag: str = ""
    last_modified: str = ""
    cost_usd: float | None = None
    areas: int | None = None
    body: str = ""

    @property
    def key(self) -> str:
        """As that of the request that it answers."""
        return key_of(self.url, self.body)

    @classmethod
    def of(cls, request: Request, sha256: str, size: int, now: datetime, **more: object) -> "Entry":
        entry = cls(
            url=request.url,
            retrieved_at=now.astimezone(UTC).strftime(RETRIEVED_AT),
            sha256=sha256,
            bytes=size,
            media_type=request.media_type,
            source=request.source.name,
            licence=request.source.licence,
            body=request.body,
        )
        return replace(entry, **more)

    @classmethod
    def from_json(cls, line: str) -> "Entry":
        """The entry of an index line; raises ValueError for a line that is none."""
        try:
            entry = cls(**json.loads(line))
            well_formed = _SHA256.fullmatch(entry.sha256) and entry.retrieved and isinstance(entry.url, str)
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from None
        if not well_formed:
            raise ValueError(f"{entry.sha256!r} is no sha256")
        return entry

    def to_json(self) -> str:
        said = asdict(self)
        if not self.body:
            del said["body"]
        return json.dumps(said, ensure_ascii=False, allow_nan=False)

    @property
    def retrieved(self) -> datetime:
        return datetime.fromisoformat(self.retrieved_at)
