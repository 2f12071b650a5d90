"""A run's progress in the terminal: a line per finished step, and what long downloads say meanwhile."""

import logging
import time

import dagster as dg

PROGRESS = "progress"
_SHOWN_META = {"dagster/row_count": "{:,} rows", "answers": "{:,} archived answers", "left_out": "left out"}


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
        elif event.event_type_value == "STEP_START":
            self._started[step] = time.monotonic()
        elif event.event_type_value == "ASSET_MATERIALIZATION":
            self._told[step] = _told(event.step_materialization_data.materialization.metadata)
        elif event.event_type_value in ("STEP_SUCCESS", "STEP_FAILURE") and not _is_check(step):
            failed = "" if event.event_type_value == "STEP_SUCCESS" else "FAILED"
            seconds = time.monotonic() - self._started.get(step, time.monotonic())
            print(f"  {step:<40} {seconds:5.1f} s  {failed or self._told.get(step, '')}", flush=True)


@dg.logger(description="A line per finished step, for people who run from a terminal.")
def progress_logger(context: dg.InitLoggerContext) -> logging.Logger:  # noqa: ARG001
    logger = logging.Logger("where_is_ai.progress", logging.DEBUG)
    logger.addHandler(ProgressLines())
    return logger


def _told(metadata: dict) -> str:
    return ", ".join(
        form.format(metadata[name].value) for name, form in _SHOWN_META.items() if name in metadata
    )


def _is_check(step: str) -> bool:
    return "." in step or step.startswith("check")
