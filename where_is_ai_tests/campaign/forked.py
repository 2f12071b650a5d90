"""Runs in processes of their own that begin with everything imported: a run by command spends half its time on that."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.launch import launch
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings
from where_is_ai_tests.defs.materialized import materialized

LIMIT_S = 600


def forked(work: Callable[[], int], kill_after_s: float = LIMIT_S) -> int:
    """The exit status of ``work`` in a process of its own, or the negative number of the signal that ended it."""
    return joined(started(work), kill_after_s)


def started(work: Callable[[], int], said: Path | None = None) -> int:
    """Begin ``work`` in a process of its own and give its id.

    What it prints goes to the file ``said``, what it says on stderr to one beside it that ends in ``.err``.
    """
    process = os.fork()
    if process:
        return process
    status = 70
    # A shell has its background jobs ignore it, and their children after them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for number, name in ((1, said), (2, said and said.with_name(f"{said.name}.err"))):
            os.dup2(os.open(name or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), number)
        # Whoever captures the output of this process has put others in their place.
        sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def joined(process: int, kill_after_s: float = LIMIT_S) -> int:
    """Wait for a process of ``started``, which is killed after so many seconds; its status as ``forked`` gives it."""
    timer = threading.Timer(kill_after_s, os.kill, (process, signal.SIGKILL))
    timer.start()
    try:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    finally:
        timer.cancel()


def load(job: str = "quarter") -> None:
    """Load the asset graph here, once, and not in every process."""
    definitions(LAYERS).resolve_job_def(job)


def launched(
    data: Path,
    job: str,
    quarter: Quarter,
    method: str = "article",
    assets: Sequence[str] = (),
    **environment: str,
) -> Callable[[], int]:
    """A run of ``job``, or of some of its ``assets``, in the data folder ``data``.

    It is without a browser, and from the sample unless otherwise set.
    """
    load(job)

    def run() -> int:
        os.environ.update(
            {"WHERE_IS_AI_SOURCE": "sample", **environment},
            WHERE_IS_AI_DATA=str(data),
            BROWSER_PATH="/nowhere/chromium",
        )
        if assets:
            return 0 if materialized(job, quarter, assets) else 1
        return 0 if launch(job, quarter, read_settings(), method).succeeded else 1

    return run
