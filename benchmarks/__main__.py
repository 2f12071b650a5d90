"""Run every benchmark (or the ones named) and print one table: ``python -m benchmarks [NAME …]``.

A benchmark is a module of this folder with ``measure()``, which yields Rows. What was measured the last time on a
machine of the same kind stands beside, so that a loss is seen.
"""

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.history import History
from benchmarks.rows import Row

ANSWERS = {True: "kept", False: "MISSED", None: ""}
HELPERS = {"__main__", "child", "history", "made_editions", "rows"}


def main(names: list[str]) -> int:
    """Print the table; 1 where a promise is missed."""
    found = [
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in HELPERS
    ]
    print("| benchmark | what | measured | the last time | promised | |\n| - | - | - | - | - | - |")
    rows: list[Row] = []
    history = History()
    for name in names or found:
        module = importlib.import_module(f"benchmarks.{name}")
        for row in module.measure() if hasattr(module, "measure") else ():
            rows.append(row)
            cells = (name, row.what, row.measured, history.last(name, row), row.promised, ANSWERS[row.kept])
            print(f"| {' | '.join(cells)} |", flush=True)
            history.add(name, row)
    return int(any(row.kept is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
