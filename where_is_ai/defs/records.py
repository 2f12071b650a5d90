"""Dagster keeps its records of runs in SQLite, or in Postgres: what these say against them is told as any fault."""

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import sqlalchemy.exc

from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.files import explained
from where_is_ai.redaction import printable, shortened
from where_is_ai.settings import given_values, read_settings

DATABASE = "WHERE_IS_AI_DATABASE"
# With the SQLAlchemy that is pinned, Dagster's own "postgresql" finds no driver.
_SCHEME = "postgresql+psycopg2://"

# Its codes, and what the system says of a file that is as bad.
_AS_THE_SYSTEM_SAYS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
# SQLite opens no file whose path has more than 512 bytes; its names within the folder take the rest.
_LONGEST_PATH = 400
# Dagster prints this before it raises the same.
_PRINTED = "Exception while writing logger call to event log"


class _WithoutRecords:
    """A stream, but for what Dagster prints of an event log that it can't write."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def write(self, text: str) -> int:
        return len(text) if text.startswith(_PRINTED) else self._stream.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


@contextmanager
def records_explained(home: Path) -> Iterator[None]:
    """Turn what a database or the system says against Dagster's records into an error of ours, however wrapped."""
    try:
        with redirect_stderr(_WithoutRecords(sys.stderr)):
            yield
    except Exception as error:
        for cause in _causes(error):
            if isinstance(cause, sqlite3.Error):
                raise _explained(cause, home) from None
            if isinstance(cause, sqlalchemy.exc.SQLAlchemyError) and has_database():
                raise _of_database(cause) from None
            if isinstance(cause, OSError) and cause.errno is not None:
                raise explained(cause) from None
        raise


def has_database() -> bool:
    """Whether the records are in a database that is set; raises UsageError where it can't be used from here."""
    address = given_values().get(DATABASE, "")
    if address and not address.startswith(_SCHEME):
        raise UsageError(f"{DATABASE} is not the address of a Postgres.", f"It begins with {_SCHEME}.")
    if address and not os.environ.get(DATABASE):
        raise UsageError(
            f"{DATABASE} is set in .env, where Dagster does not look.", "Set it in the environment."
        )
    if address and not find_spec("dagster_postgres"):
        remedy = "Install requirements-deploy.txt, or unset it."
        raise UsageError(f"{DATABASE} is set, and dagster-postgres isn't installed.", remedy)
    return bool(address)


def _of_database(said: sqlalchemy.exc.SQLAlchemyError) -> WhereIsAIError:
    why = shortened(read_settings().redact(printable(str(getattr(said, "orig", None) or said))))
    return WhereIsAIError(
        f"Dagster's records in the database of {DATABASE} can't be used: {why.rstrip('.?')}.",
        "See that it runs and takes that user and password (URL-encoded).",
    )


def _explained(said: sqlite3.Error, home: Path) -> WhereIsAIError:
    # The lower byte is the kind, the rest its details.
    kind = getattr(said, "sqlite_errorcode", 0) & 0xFF
    if kind == sqlite3.SQLITE_CANTOPEN and len(os.fsencode(home)) > _LONGEST_PATH:
        return explained(OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(home)))
    if number := _AS_THE_SYSTEM_SAYS.get(kind):
        return explained(OSError(number, str(said), str(home)))
    remedy = "Wait until other runs have ended, and run again."
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        remedy = "Move that folder aside: it holds the history of runs, and nothing that was archived or published."
    return WhereIsAIError(f"Dagster's records in {home} can't be used: {said}.", remedy)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it; one of ours says all there is to say."""
    while error and not isinstance(error, WhereIsAIError):
        yield error
        error = error.__cause__ or error.__context__
