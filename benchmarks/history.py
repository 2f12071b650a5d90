"""What was measured before on a machine of the same kind: a file of lines for each kind in the data folder."""

import json
import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.rows import Row
from where_is_ai.settings import read_settings


class History:
    """``data/benchmarks/KIND.jsonl``, one measured row a line, oldest first."""

    def __init__(self, folder: Path | None = None):
        self._file = (folder or read_settings().data / "benchmarks") / f"{kind()}.jsonl"

    def last(self, name: str, row: Row) -> str:
        """What the benchmark ``name`` measured of the same thing the last time; empty where it never did."""
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else []
        for line in map(json.loads, reversed(lines)):
            if (line["benchmark"], line["what"]) == (name, _without_measures(row.what)):
                return line["measured"]
        return ""

    def add(self, name: str, row: Row) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        line = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "benchmark": name,
            "what": _without_measures(row.what),
            "measured": row.measured,
            "kept": row.kept,
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def kind() -> str:
    """The kind of machine: system, processor, cores and Python, such as ``linux-x86_64-2-cores-python-3.11``."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{platform.system()}-{platform.machine()}-{os.cpu_count()}-cores-python-{version}".lower()


def _without_measures(what: str) -> str:
    """Without the times that are told in brackets, which differ each time."""
    return re.sub(r" \([^)]*\d[^)]*\)", "", what)
