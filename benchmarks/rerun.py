"""A quarter of the sample run twice: what the second run costs, in CPU seconds beside the first in the same minute."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import child_cpu_s
from benchmarks.rows import Row

RUN = ("-W", "ignore", "-m", "where_is_ai.cli", "run", "--sample", "--method", "article")
# The same as a schedule or the UI runs it: every step of Dagster's, none of which makes anything.
LAUNCHED = ("-W", "ignore", "-m", "dagster", "job", "execute", "-m", "where_is_ai.defs", "-j", "quarter")
LAUNCHED = (*LAUNCHED, "--tags", '{"dagster/partition": "2026-04"}')
PROMISED_SHARE = 1 / 3


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        data = {"WHERE_IS_AI_DATA": name, "DAGSTER_HOME": str(Path(name) / "dagster")}
        first_s = child_cpu_s(*RUN, environment=data)
        published = _published(Path(name))
        second_s = child_cpu_s(*RUN, environment=data)
        launched_s = child_cpu_s(*LAUNCHED, environment=data)
        loading_s = child_cpu_s("-W", "ignore", "-c", "import where_is_ai.defs", environment=data)
        differing = _published(Path(name)).items() ^ published.items()
    yield Row(
        f"a run in which nothing changed ({second_s:.1f} CPU s) against the first ({first_s:.1f} CPU s)",
        f"{second_s / first_s:.2f} times",
        f"at most {PROMISED_SHARE:.2f} times",
        second_s <= PROMISED_SHARE * first_s,
    )
    yield Row(
        f"the same launched by Dagster, every step of it ({launched_s:.1f} CPU s)",
        f"{launched_s / first_s:.2f} times",
        f"at most {PROMISED_SHARE:.2f} times",
        launched_s <= PROMISED_SHARE * first_s,
    )
    yield Row(
        f"the first of these against loading the definitions alone ({loading_s:.1f} CPU s)",
        f"{second_s / loading_s:.2f} times",
    )
    yield Row("published files that it changed", str(len(differing)), "none", not differing)


def _published(data: Path) -> dict[str, tuple[str, int]]:
    files = (path for path in (data / "published").rglob("*") if path.is_file() and path.name != ".lock")
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files
    }
