"""Commands at the same time in one data folder, and commands that are interrupted: each ends in order."""

import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from where_is_ai.cli import main
from where_is_ai_tests.campaign.forked import joined, started
from where_is_ai_tests.campaign.kills import half_made
from where_is_ai_tests.campaign.rows import Row, Verdict
from where_is_ai_tests.defs.dagster_ui import DagsterUi

EMPLOYMENT = ("run", "--only", "employment", "--quarter", "2026-Q2")
EARLIER = ("run", "--only", "employment", "--quarter", "2026-Q1")
RESEARCH = ("run", "--only", "research", "--quarter", "2026-Q2")
INTERRUPTED = "where-is-ai: interrupted. What was archived is kept; run again."
# What a run says on stderr that found no browser to draw with.
_NO_BROWSER = re.compile(r"Failed: [\w., ]+: BROWSER_PATH names ")


@dataclass(frozen=True)
class Together:
    """Commands that begin at once (``{data}`` in a word is the data folder); ``first`` are over by then."""

    kind: str
    commands: Sequence[Sequence[str]]
    first: Sequence[Sequence[str]] = field(default=())
    beside_ui: bool = False

    @property
    def words(self) -> str:
        return (
            " and ".join(" ".join(command) for command in self.commands) + " beside the UI" * self.beside_ui
        )


PUBLISH = ("publish", "--to", "{data}/www", "--quarter", "2026-Q2")
DOCTOR = ("doctor", "--archive")
CASES = (
    Together("first runs", (EMPLOYMENT, EMPLOYMENT)),
    Together("first runs", (RESEARCH, EMPLOYMENT)),
    Together("layers", (RESEARCH, EMPLOYMENT), first=(EMPLOYMENT,)),
    Together("quarters", (EARLIER, EMPLOYMENT), first=(EMPLOYMENT,)),
    Together("publish beside a run", (PUBLISH, RESEARCH), first=(EMPLOYMENT,)),
    Together("publish twice", (PUBLISH, PUBLISH), first=(EMPLOYMENT,)),
    Together("doctor beside a run", (DOCTOR, EMPLOYMENT), first=(EMPLOYMENT,)),
    Together("beside the UI", (EMPLOYMENT,), beside_ui=True),
)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(seed: int, limit: int | None = None) -> list[Row]:
    """Try every case once, and interruptions at moments that follow from ``seed``; of ``limit``, so many of them."""
    random = Random(seed)
    tries: list[Callable[[], Row]] = [lambda case=case: together(case) for case in CASES]
    for number in SIGNALS:
        for _ in range(4):
            moment = random.uniform(0.1, 7)
            tries.append(lambda number=number, moment=moment: interrupted(number, moment))
    random.shuffle(tries)
    return [one() for one in tries[:limit]]


def together(case: Together) -> Row:
    """What comes of the commands of ``case``, against the same commands one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        alone, data = Path(folder) / "alone", Path(folder) / "data"
        for command in (*case.first, *case.commands):
            joined(started(commanded(alone, command)))
        for command in case.first:
            joined(started(commanded(data, command)))
        if case.beside_ui:
            with DagsterUi(data, WHERE_IS_AI_SOURCE="sample"):
                told = _at_once(data, case.commands, Path(folder))
        else:
            told = _at_once(data, case.commands, Path(folder))
        return Row(case.kind, case.words, *_judged(told, alone, data))


def interrupted(number: signal.Signals, after_s: float) -> Row:
    """What a first run makes of the signal ``number``, so many seconds after its begin."""
    kind, fault = f"{number.name}", f"after {after_s:.2f} s"
    with tempfile.TemporaryDirectory() as folder:
        said, data = Path(folder) / "said", Path(folder) / "data"
        process = started(commanded(data, EMPLOYMENT), said)
        time.sleep(after_s)
        os.kill(process, number)
        status = joined(process)
        errors = _errors(said)
        if status != 1 or errors[-1:] != [INTERRUPTED] or len(errors) != 1:
            is_over = status in (0, 1) and not _foreign(errors)
            verdict = Verdict.RIGHT if is_over and INTERRUPTED not in errors else Verdict.FOREIGN
            return Row(kind, fault, verdict, f"status {status}: {' / '.join(errors)[:600]}")
        joined(started(commanded(data, EMPLOYMENT), said))
        if over := half_made(data):
            return Row(kind, fault, Verdict.SILENTLY_WRONG, f"half-made after the next run: {over}")
        is_published = (data / "published/2026-Q2/provenance.json").is_file()
        return Row(kind, fault, Verdict.CLEAR_ERROR if is_published else Verdict.LOST, INTERRUPTED)


def commanded(data: Path, words: Sequence[str]) -> Callable[[], int]:
    """The command where-is-ai with ``words`` in the data folder ``data``, from the sample and without a browser."""

    def run() -> int:
        os.environ.update(
            WHERE_IS_AI_DATA=str(data), WHERE_IS_AI_SOURCE="sample", BROWSER_PATH="/nowhere/chromium"
        )
        sys.argv = ["where-is-ai", *(word.format(data=data) for word in words)]
        return main()

    return run


def _at_once(data: Path, commands: Sequence[Sequence[str]], folder: Path) -> list[tuple[int, list[str]]]:
    """The exit status of each command, and what it said on stderr."""
    files = [folder / f"said-{number}" for number in range(len(commands))]
    begun = [started(commanded(data, words), said) for words, said in zip(commands, files, strict=True)]
    statuses = [joined(process) for process in begun]
    return [(status, _errors(said)) for status, said in zip(statuses, files, strict=True)]


def _judged(told: list[tuple[int, list[str]]], alone: Path, data: Path) -> tuple[Verdict, str]:
    for status, errors in told:
        if status not in (0, 1) or _foreign(errors):
            return Verdict.FOREIGN, f"status {status}: {' / '.join(errors)[:800]}"
    if over := half_made(data):
        return Verdict.SILENTLY_WRONG, f"half-made: {over}"
    # Who came first shows in the revisions, not in the tables.
    if other := [name for name, content in _tables(alone).items() if _tables(data).get(name) != content]:
        refused = [error for _, errors in told for error in errors if not _NO_BROWSER.match(error)]
        verdict = Verdict.CLEAR_ERROR if refused else Verdict.SILENTLY_WRONG
        return verdict, f"other tables: {', '.join(other)}; {' / '.join(refused)}"
    return Verdict.RIGHT, ""


def _tables(data: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in (data / "published").glob("*/*.csv")
        if path.name not in ("corrections.csv", "claims.csv")
    }


def _foreign(errors: Sequence[str]) -> list[str]:
    """The lines that are not ours."""
    return [line for line in errors if not line.startswith(("where-is-ai: ", "Failed: "))]


def _errors(said: Path) -> list[str]:
    errors = said.with_name(f"{said.name}.err")
    return [line for line in errors.read_text().splitlines() if line.strip()] if errors.exists() else []
