"""Running of a job from a terminal only the steps of what changed; the others need not even say so again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from where_is_ai.defs.outcome import Outcome, failing, left_out, outcome_of, reasons_left_out
from where_is_ai.defs.present import Present
from where_is_ai.defs.taken_over import Assets, Records
from where_is_ai.defs.unchanged import TAKEN_OVER
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf


@dataclass(frozen=True)
class Job:
    """A job that is ready to ``run``, wholly or the assets given, with its ``choices`` and the graph of its steps.

    ``everything`` is the graph of all jobs.
    """

    run: Callable[..., dg.ExecuteInProcessResult]
    choices: Mapping[str, str]
    graph: Any
    everything: Any


def run_what_changed(job: Job, quarter: Quarter, settings: Settings, afresh: bool) -> Outcome:
    """Run what changed since it was last made, or ``afresh`` everything.

    A live run asks its sources first, and one of a changed archive that: what rests on the answers is made again only
    where those changed.
    """
    records = Records(Shelf(settings.tables), quarter, job.graph, Present(settings, job.choices))
    changed = set(records.assets) if afresh else records.changed()
    asking = records.asking(live=settings.source == "live") - changed
    runs = [_run(job, records, asking)] if asking else []
    if asking:
        changed = records.changed() - records.after(_blocked(job, asking, runs[0]))
    if changed:
        runs.append(_run(job, records, changed))
    return _told(job, records, asking | changed, runs)


def _run(job: Job, records: Records, assets: Assets) -> dg.ExecuteInProcessResult:
    """Run the steps of ``assets``, each after those that it rests on."""
    run = job.run([asset for asset in records.assets if asset in assets])
    records.look_again()
    return run


def _blocked(job: Job, assets: Assets, run: dg.ExecuteInProcessResult) -> Assets:
    """Of ``assets`` those that nothing may be made from: they were not made, or a check that blocks failed."""
    made = {event.asset_key for event in run.get_asset_materialization_events()}
    wrong = failing(run.get_asset_check_evaluations())
    return assets - made | {
        check.asset_key for check in wrong if job.graph.get(check.asset_check_key).blocking
    }


def _told(job: Job, records: Records, ran: Assets, runs: Sequence[dg.ExecuteInProcessResult]) -> Outcome:
    """What to say of ``runs``, whose steps were those of ``ran``, and of all that was taken over."""
    outcomes = [outcome_of(run, job.everything) for run in runs]
    kept = {asset: record for asset in records.assets if (record := records.read(asset))}
    reasons = {asset: record.left_out for asset, record in kept.items() if record.left_out}
    made = set(ran)
    for run in runs:
        reasons |= reasons_left_out(run)
        made -= {
            event.asset_key
            for event in run.get_asset_materialization_events()
            if TAKEN_OVER in event.materialization.metadata
        }
    return Outcome(
        succeeded=all(outcome.succeeded for outcome in outcomes),
        failures=_joined(outcome.failures for outcome in outcomes),
        left_out=left_out(reasons, job.everything),
        errors=_joined(outcome.errors for outcome in outcomes),
        warnings=_joined(record.warnings for record in kept.values()),
        made=len(made),
        taken_over=len(kept.keys() - made),
    )


def _joined(told: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {name: said for each in told for name, said in each.items()}
