"""Commands at the same time in one data folder, and commands that are interrupted: each ends in order."""

import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from where_is_ai import endings
from where_is_ai.cli import main
from where_is_ai_tests.campaign import downloads
from where_is_ai_tests.campaign.forked import joined, started
from where_is_ai_tests.campaign.killed import half_made
from where_is_ai_tests.campaign.rows import Row, Verdict
from where_is_ai_tests.defs.dagster_ui import DagsterUi

# Layers of few metros, so that a try takes seconds.
COMPUTE = ("run", "--only", "compute", "--quarter", "2025-Q2")
EARLIER = ("run", "--only", "compute", "--quarter", "2025-Q1")
ADOPTION = ("run", "--only", "adoption", "--quarter", "2025-Q2")
INTERRUPTED = f"where-is-ai: {endings.INTERRUPTED}"
# What a run says on stderr that found no browser to draw with.
_NO_BROWSER = re.compile(r"Failed: [\w., ]+: BROWSER_PATH names ")


@dataclass(frozen=True)
class Together:
    """Commands that begin at once (``{data}`` in a word is the data folder); ``first`` are over by then.

    ``in_ui`` is a job that the Dagster UI runs of 2025-Q2 at the same time, if any.
    """

    kind: str
    commands: Sequence[Sequence[str]]
    first: Sequence[Sequence[str]] = field(default=())
    in_ui: str = ""

    @property
    def words(self) -> str:
        beside = f" beside {self.in_ui} in the UI" if self.in_ui else ""
        return " and ".join(" ".join(command) for command in self.commands) + beside


PUBLISH = ("publish", "--to", "{data}/www", "--quarter", "2025-Q2")
DOCTOR = ("doctor", "--archive")
CASES = (
    Together("first runs", (COMPUTE, COMPUTE)),
    Together("first runs", (ADOPTION, COMPUTE)),
    Together("layers", (ADOPTION, COMPUTE), first=(COMPUTE,)),
    Together("quarters", (EARLIER, COMPUTE), first=(COMPUTE,)),
    Together("publish beside a run", (PUBLISH, ADOPTION), first=(COMPUTE,)),
    Together("publish twice", (PUBLISH, PUBLISH), first=(COMPUTE,)),
    Together("doctor beside a run", (DOCTOR, COMPUTE), first=(COMPUTE,)),
    Together("beside the UI", (EARLIER,), first=(COMPUTE,), in_ui="adoption"),
)
SIGNALS = (signal.SIGINT, signal.SIGTERM)
EARLIER_BY = 0.7
NO_BROWSER = "/nowhere/chromium"


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Try every case once, and interruptions at moments that follow from ``seed``; of ``limit``, so many of them."""
    random = Random(seed)
    tries: list[Callable[[], Row]] = [lambda case=case: together(case) for case in CASES]
    for number in SIGNALS:
        for _ in range(4):
            moment = random.uniform(0.1, 7)
            tries.append(lambda number=number, moment=moment: interrupted(number, moment))
    tries.append(paid_once)
    random.shuffle(tries)
    for one in tries[:limit]:
        yield one()


def together(case: Together) -> Row:
    """What comes of the commands of ``case``, against the same commands one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        alone, data = Path(folder) / "alone", Path(folder) / "data"
        in_ui = [("run", "--only", case.in_ui, "--quarter", "2025-Q2")] if case.in_ui else []
        for command in (*case.first, *case.commands, *in_ui):
            joined(started(commanded(alone, command)))
        for command in case.first:
            joined(started(commanded(data, command)))
        if case.in_ui:
            with DagsterUi(data, WHERE_IS_AI_SOURCE="sample", BROWSER_PATH=NO_BROWSER) as ui:
                launched = ui.launch(case.in_ui, "2025-Q2", source="sample", method="article")
                told = _at_once(data, case.commands, Path(folder))
                if (status := ui.finished(launched)["status"]) != "SUCCESS":
                    return Row(case.kind, case.words, Verdict.LOST, f"the run of the UI: {status}")
        else:
            told = _at_once(data, case.commands, Path(folder))
        return Row(case.kind, case.words, *_judged(told, alone, data))


def interrupted(number: signal.Signals, after_s: float) -> Row:
    """What a first run makes of the signal ``number``, so many seconds after its begin."""
    kind, fault = f"{number.name}", f"after {after_s:.2f} s"
    with tempfile.TemporaryDirectory() as folder:
        said, data = Path(folder) / "said", Path(folder) / "data"
        process = started(commanded(data, COMPUTE), said)
        time.sleep(after_s)
        os.kill(process, number)
        status = joined(process)
        errors = _errors(said)
        if status in (0, 1) and INTERRUPTED not in errors and not _foreign(errors):
            # It was over before the signal came, which is no try.
            return interrupted(number, after_s * EARLIER_BY)
        if status != 1 or errors != [INTERRUPTED]:
            return Row(kind, fault, Verdict.FOREIGN, f"status {status}: {' / '.join(errors)[:600]}")
        joined(started(commanded(data, COMPUTE), said))
        if over := half_made(data):
            return Row(kind, fault, Verdict.SILENTLY_WRONG, f"half-made after the next run: {over}")
        is_published = (data / "published/2025-Q2/provenance.json").is_file()
        return Row(kind, fault, Verdict.CLEAR_ERROR if is_published else Verdict.LOST, INTERRUPTED)


def paid_once() -> Row:
    """What comes of two live runs at once that want the same answers, each of which is charged for."""
    kind, fault = "paid answers", "two live runs of research"
    with tempfile.TemporaryDirectory() as folder, downloads.openalex() as service:
        data = Path(folder) / "data"
        files = [Path(folder) / f"said-{number}" for number in range(2)]
        begun = [started(downloads.live(data, service), said) for said in files]
        statuses = [joined(process) for process in begun]
        errors = [line for said in files for line in _errors(said)]
        if statuses != [0, 0] or errors:
            return Row(kind, fault, Verdict.FOREIGN, f"status {statuses}: {' / '.join(errors)[:600]}")
        if twice := [what for what, times in Counter(service.paid).items() if times > 1]:
            return Row(kind, fault, Verdict.LOST, f"{len(twice)} answers paid twice, such as {twice[0]}")
        if over := half_made(data):
            return Row(kind, fault, Verdict.SILENTLY_WRONG, f"half-made: {over}")
        return Row(kind, fault, Verdict.RIGHT)


def commanded(data: Path, words: Sequence[str]) -> Callable[[], int]:
    """The command where-is-ai with ``words`` in the data folder ``data``, from the sample and without a browser."""

    def run() -> int:
        os.environ.update(WHERE_IS_AI_DATA=str(data), WHERE_IS_AI_SOURCE="sample", BROWSER_PATH=NO_BROWSER)
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
