"""A run's progress in the terminal: a line per finished step, and what long downloads say meanwhile."""

import logging
import time

import dagster as dg

from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.unchanged import TAKEN_OVER

PROGRESS = "progress"
_SHOWN_META = {
    TAKEN_OVER: "taken over",
    "dagster/row_count": "{:,} rows",
    "answers": "{:,} archived answers",
    LEFT_OUT: "left out",
}


class ProgressLines(logging.Handler):
    """Turns Dagster's event records into lines people read."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._started: dict[str, float] = {}
        self._told: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        meta = getattr(record, "dagster_meta", {})
        event, step = meta.get("dagster_event"), meta.get("step_key") or ""
        if event is None:
            if record.levelno >= logging.INFO and step:
                print(f"    {meta.get('orig_message', record.getMessage())}", flush=True)
            return
        match event.event_type_value:
            case "STEP_START":
                self._started[step] = time.monotonic()
            case "ASSET_MATERIALIZATION":
                self._told[step] = _told(event.step_materialization_data.materialization.metadata)
            case "ASSET_CHECK_EVALUATION":
                self._told.setdefault(step, _verdict(event.asset_check_evaluation_data))
            case "STEP_SUCCESS" | "STEP_FAILURE" as ended:
                self._print_step(step, "FAILED" if ended == "STEP_FAILURE" else self._told.get(step, ""))

    def _print_step(self, step: str, told: str) -> None:
        seconds = time.monotonic() - self._started.get(step, time.monotonic())
        print(f"  {step:<58} {seconds:5.1f} s  {told}", flush=True)


@dg.logger(description="A line per finished step, for people who run from a terminal.")
def progress_logger(context: dg.InitLoggerContext) -> logging.Logger:  # noqa: ARG001
    logger = logging.Logger("where_is_ai.progress", logging.DEBUG)
    logger.addHandler(ProgressLines())
    return logger


def _verdict(check: dg.AssetCheckEvaluation) -> str:
    if LEFT_OUT in check.metadata:
        return "nothing to check"
    return "passed" if check.passed else "NOT PASSED"


def _told(metadata: dict) -> str:
    return ", ".join(
        form.format(metadata[name].value) for name, form in _SHOWN_META.items() if name in metadata
    )
