"""How a command ends: in order, with an exit status, and with one line on stderr where it ends before its time."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

from where_is_ai import files
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.settings import read_settings

INTERRUPTED = "interrupted. What was archived is kept; run again."
_AGAIN_AFTER_S = 0.05


def ended(command: Callable[[], int]) -> int:
    """The exit status of ``command``; an interruption, an error of ours or the system's is told in one line."""
    try:
        status = command()
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        _tell(INTERRUPTED)
        return 1
    except BrokenPipeError:
        # Who reads our output has seen enough: nothing is left to say.
        _say_no_more()
        return 1
    except OSError as error:
        # One without a number comes from a library, and says nothing of a file.
        if error.errno is None:
            raise
        _tell(_redacted(files.explained(error)))
        _say_no_more()
        return 1
    except WhereIsAIError as error:
        _tell(_redacted(error))
        return 2 if isinstance(error, UsageError) else 1


def take_over_interruptions() -> None:
    """In this process SIGTERM is Ctrl-C; neither is lost wherever it falls, and libraries say nothing of it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.unraisablehook = _interrupt_again
    if logging.lastResort:
        logging.lastResort.addFilter(_tells_no_interruption)


def _interrupt_again(unraisable: "sys.UnraisableHookArgs") -> None:
    """Python drops what falls into a finalizer, an interruption too: then it comes once more.

    As SIGTERM, since a shell may have its background jobs ignore SIGINT.
    """
    if _is_interruption(unraisable.exc_value):
        threading.Timer(_AGAIN_AFTER_S, os.kill, (os.getpid(), signal.SIGTERM)).start()
    else:
        sys.__unraisablehook__(unraisable)


def _tells_no_interruption(record: logging.LogRecord) -> bool:
    """Whether a line of the log is about anything else, such as a connection that failed to close."""
    return not (record.exc_info and _is_interruption(record.exc_info[1]))


def _is_interruption(error: BaseException | None) -> bool:
    """KeyboardInterrupt, or what Dagster makes of it: no error of the code that it falls into."""
    return error is not None and not isinstance(error, Exception)


def _tell(line: str) -> None:
    print(f"where-is-ai: {line}", file=sys.stderr)


def _redacted(error: WhereIsAIError) -> str:
    """What an error says without secrets: whatever room it comes from, it may quote what a source answered."""
    try:
        return read_settings().redact(str(error))
    except UsageError:
        return str(error)


def _say_no_more() -> None:
    """Where stdout can't be written, Python would try and say so once more at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
