"""A Python process of a benchmark: memory and loading are measured in one of their own."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping

LIMIT_S = 1_800


def child_output(*words: str, environment: Mapping[str, str] | None = None) -> str:
    """What ``python *words`` prints; raises CalledProcessError if it fails, TimeoutExpired if killed at the limit."""
    done = subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=LIMIT_S,
        env={**os.environ, **(environment or {})},
    )
    return done.stdout


def child_cpu_s(*words: str, environment: Mapping[str, str]) -> float:
    """The CPU seconds that ``python *words`` takes with all its children, such as a browser; raises as above."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=LIMIT_S,
        env={**os.environ, **environment},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
