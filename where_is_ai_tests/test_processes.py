"""Nothing that a test starts outlives it."""

import os
import signal
import sys

import pytest

from where_is_ai_tests.processes import finished, started

DEAF = """import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)"""
WITH_CHILD = """import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)"""


def test_one_that_ignores_signals_is_killed_at_the_end_of_its_block():
    with started([sys.executable, "-c", DEAF], grace_s=0.1, stdout=-1, text=True) as process:
        assert process.stdout.readline() == "deaf\n"
    assert process.returncode == -signal.SIGKILL


def test_one_that_never_ends_is_killed_at_its_limit():
    assert finished([sys.executable, "-c", DEAF], limit_s=0.5).returncode == -signal.SIGKILL


def test_its_children_end_with_it():
    with started([sys.executable, "-c", WITH_CHILD], stdout=-1, text=True) as process:
        child = int(process.stdout.readline())
        process.wait()
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(child)


def _wait_until_gone(pid: int) -> None:
    """Asks for ``pid`` until the system knows no such process or only its remains; the test's limit ends it."""
    while True:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            if stat.read().rpartition(")")[2].split()[0] == "Z":
                raise ProcessLookupError


def test_what_it_writes_is_given():
    done = finished(
        [sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"]
    )
    assert (done.stdout, done.stderr, done.returncode) == ("out\n", "err\n", 3)
