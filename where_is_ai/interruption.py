"""Ctrl-C and SIGTERM end a command as KeyboardInterrupt, wherever in it they fall, and libraries say nothing of it."""

import logging
import os
import signal
import sys
import threading

_AGAIN_AFTER_S = 0.05


def take_over() -> None:
    """From now on, for a process of its own."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.unraisablehook = _interrupt_again
    if logging.lastResort:
        logging.lastResort.addFilter(_tells_no_interruption)


def _interrupt_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Python drops what falls into a finalizer, an interruption too: then it comes once more."""
    if _is_interruption(unraisable.exc_value):
        threading.Timer(_AGAIN_AFTER_S, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(unraisable)


def _tells_no_interruption(record: logging.LogRecord) -> bool:
    """Whether a line of the log is about anything else, such as a connection that failed to close."""
    return not (record.exc_info and _is_interruption(record.exc_info[1]))


def _is_interruption(error: BaseException | None) -> bool:
    """KeyboardInterrupt, or what Dagster makes of it: no error of the code that it falls into."""
    return error is not None and not isinstance(error, Exception)
