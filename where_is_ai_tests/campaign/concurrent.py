"""Commands at the same time in one data folder, and commands that are interrupted: each ends in order."""

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from where_is_ai import endings
from where_is_ai.cli import main
from where_is_ai_tests.campaign import downloads
from where_is_ai_tests.campaign.forked import joined, load, started
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
    """Commands that begin at once (``{data}`` in a word is the data folder); ``first`` is over by then.

    ``in_ui`` is a job that the Dagster UI runs of 2025-Q2 at the same time, if any.
    """

    kind: str
    commands: Sequence[Sequence[str]]
    first: Sequence[str] = ()
    in_ui: str = ""

    @property
    def runs(self) -> list[Sequence[str]]:
        """All that makes tables."""
        in_ui = [("run", "--only", self.in_ui, "--quarter", "2025-Q2")] if self.in_ui else []
        every = (self.first, *self.commands, *in_ui)
        return [words for words in every if words[:1] == ("run",)]

    @property
    def words(self) -> str:
        beside = f" beside {self.in_ui} in the UI" if self.in_ui else ""
        return " and ".join(" ".join(command) for command in self.commands) + beside


PUBLISH = ("publish", "--to", "{data}/www", "--quarter", "2025-Q2")
DOCTOR = ("doctor", "--archive")
CASES = (
    Together("first runs", (COMPUTE, COMPUTE)),
    Together("first runs", (ADOPTION, COMPUTE)),
    Together("layers", (ADOPTION, COMPUTE), first=COMPUTE),
    Together("quarters", (EARLIER, COMPUTE), first=COMPUTE),
    Together("publish beside a run", (PUBLISH, ADOPTION), first=COMPUTE),
    Together("publish twice", (PUBLISH, PUBLISH), first=COMPUTE),
    Together("doctor beside a run", (DOCTOR, COMPUTE), first=COMPUTE),
    Together("beside the UI", (EARLIER,), first=COMPUTE, in_ui="adoption"),
)
SIGNALS = (signal.SIGINT, signal.SIGTERM)
EARLIER_BY, SOONEST_S = 0.7, 0.1
NO_BROWSER = "/nowhere/chromium"


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Try every case once, and interruptions at moments that follow from ``seed``; of ``limit``, so many of them."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as alone:
        tries: list[Callable[[], Row]] = [
            *(partial(together, case, Path(alone)) for case in CASES),
            *(partial(interrupted, number, random.uniform(0.1, 7)) for number in SIGNALS for _ in range(4)),
            paid_once,
        ]
        random.shuffle(tries)
        for one in tries[:limit]:
            yield one()


def together(case: Together, alone: Path) -> Row:
    """What comes of the commands of ``case``, against each of them in a data folder of its own, kept in ``alone``."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        right = {name: table for words in case.runs for name, table in _tables(_alone(words, alone)).items()}
        if case.first:
            shutil.copytree(_alone(case.first, alone), data)
        if case.in_ui:
            with DagsterUi(data, WHERE_IS_AI_SOURCE="sample", BROWSER_PATH=NO_BROWSER) as ui:
                launched = ui.launch(case.in_ui, "2025-Q2", source="sample", method="article")
                told = _at_once(data, case.commands, Path(folder))
                if (status := ui.finished(launched)["status"]) != "SUCCESS":
                    return Row(case.kind, case.words, Verdict.LOST, f"the run of the UI: {status}")
        else:
            told = _at_once(data, case.commands, Path(folder))
        return Row(case.kind, case.words, *_judged(told, right, data))


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
        if f"Published: {data}" in said.read_text() and INTERRUPTED not in errors and not _foreign(errors):
            # It was over before the signal came, which is no try.
            if after_s > SOONEST_S:
                return interrupted(number, after_s * EARLIER_BY)
            return Row(kind, fault, Verdict.LOST, "the signal changes nothing")
        if status != 1 or errors != [INTERRUPTED]:
            return Row(kind, fault, Verdict.FOREIGN, f"status {status}: {' / '.join(errors)[:600]}")
        if (status := joined(started(commanded(data, COMPUTE), said))) not in (0, 1):
            return Row(kind, fault, Verdict.LOST, f"the next run ends with {status}")
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

    load()

    def run() -> int:
        os.environ.update(WHERE_IS_AI_DATA=str(data), WHERE_IS_AI_SOURCE="sample", BROWSER_PATH=NO_BROWSER)
        sys.argv = ["where-is-ai", *(word.format(data=data) for word in words)]
        return main()

    return run


def _alone(words: Sequence[str], folder: Path) -> Path:
    """The data folder that the command makes alone: once, and left as it is."""
    data = folder / "-".join(words)
    if not data.is_dir():
        joined(started(commanded(data, words)))
    return data


def _at_once(data: Path, commands: Sequence[Sequence[str]], folder: Path) -> list[tuple[int, list[str]]]:
    """The exit status of each command, and what it said on stderr."""
    files = [folder / f"said-{number}" for number in range(len(commands))]
    begun = [started(commanded(data, words), said) for words, said in zip(commands, files, strict=True)]
    statuses = [joined(process) for process in begun]
    return [(status, _errors(said)) for status, said in zip(statuses, files, strict=True)]


def _judged(told: list[tuple[int, list[str]]], right: dict[str, bytes], data: Path) -> tuple[Verdict, str]:
    for status, errors in told:
        if status not in (0, 1) or _foreign(errors):
            return Verdict.FOREIGN, f"status {status}: {' / '.join(errors)[:800]}"
    if over := half_made(data):
        return Verdict.SILENTLY_WRONG, f"half-made: {over}"
    # Who came first shows in the revisions, not in the tables.
    if other := [name for name in right if _tables(data).get(name) != right[name]]:
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
