"""The border of a reader: whatever a library raises over a bad file leaves it as one error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from where_is_ai.errors import BadUpstream, WhereIsAIError

_LONGEST_REASON = 300
FETCH_AGAIN = "Fetch it again; if it stays so, the publisher has changed it and its reader must be adapted."


@contextmanager
def reading(what: str, remedy: str = FETCH_AGAIN) -> Iterator[None]:
    """Raise BadUpstream naming ``what`` for any foreign exception; errors of ours pass as they are.

    Also a decorator: ``@reading("the gazetteer")``. Running out of memory is not the file's fault alone and passes.
    """
    try:
        yield
    except (WhereIsAIError, MemoryError, duckdb.OutOfMemoryException):
        raise
    except Exception as error:
        raise BadUpstream(f"{what} can't be read: {_reason(error)}.", remedy) from error


def _reason(error: Exception) -> str:
    """The kind of the error and its first line, without characters that a terminal or a log can't take."""
    lines = str(error).encode("utf-8", "replace").decode().strip().splitlines()
    reason = f"{type(error).__name__}: {lines[0].strip()}" if lines else type(error).__name__
    return reason[:_LONGEST_REASON].rstrip(".")
