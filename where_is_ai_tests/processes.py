"""Processes that tests start: none outlives its block or its limit, whatever it does with signals."""

import os
import signal
import subprocess
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress

LIMIT_S = 120
GRACE_S = 5


@contextmanager
def started(
    command: Sequence[str], limit_s: float = LIMIT_S, grace_s: float = GRACE_S, **how: object
) -> Generator[subprocess.Popen]:
    """A process and its group while the block lasts; ``how`` goes to Popen.

    After ``limit_s`` seconds the whole group is killed, so that no read from it blocks for ever. At the end of the
    block it is asked to stop (SIGINT) and killed ``grace_s`` seconds later: a server must not outlive its test.
    """
    process = subprocess.Popen(command, start_new_session=True, **how)
    limit = threading.Timer(limit_s, _send, (process, signal.SIGKILL))
    limit.daemon = True
    limit.start()
    try:
        yield process
    finally:
        limit.cancel()
        if process.poll() is None:
            _send(process, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=grace_s)
        # Its children may go on without it.
        _send(process, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def finished(command: Sequence[str], limit_s: float = LIMIT_S, **how: object) -> subprocess.CompletedProcess:
    """The process once it has ended, with what it wrote; one killed at the limit has a negative return code."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with started(command, limit_s, **pipes, **how) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _send(process: subprocess.Popen, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
