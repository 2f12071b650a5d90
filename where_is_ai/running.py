"""What the command line says of runs, and the snapshots that it takes."""

import sys
from datetime import date

from where_is_ai import layers
from where_is_ai.defs.launch import Outcome, launch_snapshot
from where_is_ai.files import UNWRITABLE
from where_is_ai.settings import Settings


def take_snapshots(settings: Settings, monday: date) -> int:
    """Take each layer's snapshot of the week that begins on ``monday``, say what came, and give the exit status."""
    status = 0
    for job in filter(None, (layer.snapshot for layer in layers.LAYERS)):
        print(f"Taking the snapshot {job} of the week of {monday}.")
        outcome = launch_snapshot(job, monday, settings)
        print("; ".join(f"{name}: {count:,}" for name, count in outcome.counts.items()))
        tell(outcome)
        status = max(status, outcome.exit_status)
    return status


def tell(outcome: Outcome) -> None:
    """Print what was left out and taken over, what warned and what failed."""
    for what, reason in outcome.left_out.items():
        print(f"Left out: {what}: {reason}")
    if outcome.taken_over:
        print(
            f"Taken over: {outcome.taken_over} of {outcome.taken_over + outcome.made} results; "
            "what they rest on is as it was."
        )
    for said, checks in _by_what_is_said(outcome.warnings).items():
        print(f"Warning: {checks}: {said}")
    for said, what in _by_what_is_said({**outcome.errors, **outcome.failures}).items():
        print(f"Failed: {what}: {said}", file=sys.stderr)


def _by_what_is_said(told: dict[str, str]) -> dict[str, str]:
    """Names by what is said of them: one missing browser fails the check of every picture, and is told once.

    So is a full disk, which each step meets at another file: the first is named.
    """
    firsts: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for name, said in told.items():
        why = said.partition(UNWRITABLE)[2] or said
        names.setdefault(firsts.setdefault(why, said), []).append(name)
    return {said: ", ".join(together) for said, together in names.items()}
