"""A Python process of a benchmark: memory and loading are measured in one of their own."""

import subprocess
import sys

LIMIT_S = 1_800


def child_output(*words: str) -> str:
    """What ``python *words`` prints; raises CalledProcessError if it fails, TimeoutExpired if killed at the limit."""
    done = subprocess.run(
        [sys.executable, *words], stdout=subprocess.PIPE, text=True, check=True, timeout=LIMIT_S
    )
    return done.stdout
