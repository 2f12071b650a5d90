"""A command ends in order wherever it is interrupted, and says of what ended it no more than one line."""

import errno
import os
import signal
import sys

import pytest

from where_is_ai.endings import INTERRUPTED, ended
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai_tests.processes import finished

INTERRUPTED_LINE = f"where-is-ai: {INTERRUPTED}\n"
# Interrupts itself as soon as something big is imported, as somebody may who thinks better of it at once.
WHILE_LOADING = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{signal})

sys.meta_path.insert(0, Interrupting())
from where_is_ai.cli import main
sys.exit(main())
"""
IN_A_FINALIZER = """
import sys, time
from where_is_ai.endings import ended, take_over_interruptions

class Held:
    def __del__(self):
        raise KeyboardInterrupt

def command():
    Held()
    time.sleep(60)

take_over_interruptions()
sys.exit(ended(command))
"""
IN_A_LIBRARY = """
import logging, sys
from where_is_ai.endings import ended, take_over_interruptions

def command():
    log = logging.getLogger("library")
    log.warning("worth knowing")
    try:
        raise KeyboardInterrupt
    except BaseException:
        log.error("could not close", exc_info=True)
        raise

take_over_interruptions()
sys.exit(ended(command))
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", ["pandas", "dagster"])
def test_an_interruption_while_it_loads_is_one_line(tmp_path, number, module):
    code = WHILE_LOADING.format(module=module, signal=number.name)
    words = ["run", "--only", "compute", "--quarter", "2025-Q2"]
    environment = {**os.environ, "WHERE_IS_AI_DATA": str(tmp_path), "WHERE_IS_AI_SOURCE": "sample"}
    done = finished([sys.executable, "-c", code, *words], env=environment)
    assert (done.returncode, done.stderr) == (1, INTERRUPTED_LINE)


def test_an_interruption_that_python_drops_comes_again():
    done = finished([sys.executable, "-c", IN_A_FINALIZER])
    assert (done.returncode, done.stderr) == (1, INTERRUPTED_LINE)


def test_libraries_do_not_tell_the_interruption_and_still_tell_the_rest():
    done = finished([sys.executable, "-c", IN_A_LIBRARY])
    assert (done.returncode, done.stderr) == (1, f"worth knowing\n{INTERRUPTED_LINE}")


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (WhereIsAIError("It is off.", "Mend it."), 1, "It is off. Mend it."),
        (UsageError("The words are off."), 2, "The words are off."),
        (KeyboardInterrupt(), 1, INTERRUPTED),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/a.csv"),
            1,
            "/data/a.csv can't be read or written: No space left on device. Free some space, or",
        ),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), 1, "A file can't be read or written: Read-only"),
    ],
)
def test_what_ends_a_command_is_one_line(capsys, error, status, line):
    def command() -> int:
        raise error

    assert ended(command) == status
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"where-is-ai: {line}")


def test_a_mistake_of_the_code_is_not_hidden():
    def command() -> int:
        raise OSError("a library's own")

    with pytest.raises(OSError, match="a library's own"):
        ended(command)
