"""How much an answer may be: on the wire, unpacked, and in time. Beyond it the answer is refused, not swallowed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from where_is_ai.errors import UsageError

# An OEWS workbook of 40 MB holds some 300 MB of XML, one of 250 MB with a year's visa cases some 2,000 MB; a table of
# one repeated cell packs about 30 to 1.
RATIO_COUNTS_FROM_MB = 32


@dataclass(frozen=True)
class Limits:
    """Each can be set by the variable that SETTINGS names.

    ``download_mb``: of one answer, as sent and as decoded, in 10^6 bytes. ``unpacked_mb``: all members of a zip, or a
    gzip, in 10^6 bytes. ``unpack_ratio``: unpacked bytes for each packed one, counted from RATIO_COUNTS_FROM_MB on.
    ``request_s``: seconds from asking to the last byte, redirects included. ``error_page_kb``: what is read of a
    refusal to find its reason, in 10^3 bytes.
    """

    download_mb: float = 2000
    unpacked_mb: float = 4000
    unpack_ratio: float = 100
    request_s: float = 1800
    error_page_kb: float = 64

    @property
    def download_bytes(self) -> int:
        return int(self.download_mb * 1e6)

    @property
    def error_page_bytes(self) -> int:
        return int(self.error_page_kb * 1e3)

    def for_source(self, unpacked_mb: float) -> "Limits":
        """These limits for a source that is known to need ``unpacked_mb`` (0: as others), unless others are set."""
        unset = self.unpacked_mb == Limits.unpacked_mb
        return replace(self, unpacked_mb=unpacked_mb) if unset and unpacked_mb else self

    def unpacked_bytes(self, packed_bytes: int) -> int:
        """What ``packed_bytes`` may unpack to."""
        by_ratio = max(packed_bytes * self.unpack_ratio, RATIO_COUNTS_FROM_MB * 1e6)
        return int(min(by_ratio, self.unpacked_mb * 1e6))


SETTINGS = {
    "download_mb": "WHERE_IS_AI_MAX_DOWNLOAD_MB",
    "unpacked_mb": "WHERE_IS_AI_MAX_UNPACKED_MB",
    "unpack_ratio": "WHERE_IS_AI_MAX_UNPACK_RATIO",
    "request_s": "WHERE_IS_AI_MAX_REQUEST_S",
    "error_page_kb": "WHERE_IS_AI_MAX_ERROR_PAGE_KB",
}


def limits_in(values: Mapping[str, str]) -> Limits:
    """Limits from the variables of SETTINGS that ``values`` holds; raises UsageError for what is no positive number."""
    return Limits(
        **{
            field.name: _positive(SETTINGS[field.name], values[SETTINGS[field.name]])
            for field in fields(Limits)
            if SETTINGS[field.name] in values
        }
    )


def _positive(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise UsageError(f"{name} is {text!r}.", "Set it to a number above 0, or leave it out.")
    return number
