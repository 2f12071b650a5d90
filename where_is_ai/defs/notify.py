"""Who is told when a run or a check has failed, or a quarter was not begun: the webhook that is set, else nobody."""

from collections.abc import Iterator

import dagster as dg

from where_is_ai.defs.checks import results_of
from where_is_ai.defs.freshness import freshness_job
from where_is_ai.defs.outcome import innermost
from where_is_ai.defs.queue import PARTITION_TAG, quarter_of_run
from where_is_ai.notify import NOTIFY, Message, send
from where_is_ai.quarters import Quarter
from where_is_ai.settings import given_values, is_set, read_settings, without_credentials

# Where `make ui` serves Dagster.
UI = "http://127.0.0.1:3000"
# Without a webhook there is nothing to watch for.
STATUS = dg.DefaultSensorStatus.RUNNING if is_set(NOTIFY) else dg.DefaultSensorStatus.STOPPED
EVERY_S = 30

WILL_RETRY = "dagster/will_retry"
NOTHING_TO_DO = "Nothing: it is begun again by itself."
SEE_THE_RUN = "Open the run, read what its step says, and run the quarter again once that is mended."
SEE_THE_ROWS = (
    "Open the run and look at the rows that the check shows. Correct what they are made of, and run again."
)
MAKE_UP = "Launch the job for the quarter that is missing, once what stood in its way is mended."


@dg.run_failure_sensor(
    name="failed_runs",
    description=f"Tells the webhook of {NOTIFY} which run has failed, why, and what to do.",
    minimum_interval_seconds=EVERY_S,
    default_status=STATUS,
    monitor_all_code_locations=True,  # runs of the command line are of none
)
def failed_runs(context: dg.RunFailureSensorContext) -> dg.SkipReason:
    reasons, remedies = _failures(context.instance, context.dagster_run.run_id)
    reasons = reasons or [context.failure_event.message or "Dagster gives no reason."]
    if context.dagster_run.tags.get(WILL_RETRY) == "true":
        remedies = [NOTHING_TO_DO]
    return _tell_of_run(context, "run_failed", "failed", reasons, remedies or [SEE_THE_RUN])


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="failed_checks",
    description=f"Tells the webhook of {NOTIFY} which checks of a run that came to its end were not passed.",
    minimum_interval_seconds=EVERY_S,
    default_status=STATUS,
    monitor_all_code_locations=True,  # runs of the command line are of none
)
def failed_checks(context: dg.RunStatusSensorContext) -> dg.SkipReason:
    reasons = [_in_words(check) for check in _failed_checks(context.instance, context.dagster_run)]
    if not reasons:
        return dg.SkipReason("All checks were passed, or told of before.")
    return _tell_of_run(context, "checks_failed", "has checks that are not passed", reasons, [SEE_THE_ROWS])


def skipped(job: str, quarter: Quarter, reason: str, remedy: str) -> dg.SkipReason:
    """The skip of a tick for ``reason``, of which the webhook is told too."""
    what = f"where-is-ai: {quarter} was not begun by the schedule of the job {job}"
    told = send(
        read_settings(), Message("not_started", what, job, str(quarter), [reason], f"{remedy} {MAKE_UP}")
    )
    return dg.SkipReason(f"{reason} {told}")


def run_address(run_id: str) -> str:
    """The run's page in Dagster's UI, which WHERE_IS_AI_DAGSTER says the address of."""
    served = without_credentials(given_values().get("WHERE_IS_AI_DAGSTER", UI))
    return f"{served.rstrip('/')}/runs/{run_id}"


def _tell_of_run(
    context: dg.RunStatusSensorContext, event: str, ended: str, reasons: list[str], remedies: list[str]
) -> dg.SkipReason:
    run = context.dagster_run
    quarter = str(quarter_of_run(run) or run.tags.get(PARTITION_TAG, ""))
    what = f"where-is-ai: {f'{quarter}, ' * bool(quarter)}job {run.job_name}: {ended}"
    remedy = " ".join(dict.fromkeys(remedies))
    message = Message(event, what, run.job_name, quarter, reasons, remedy, run_address(run.run_id))
    return dg.SkipReason(send(read_settings(), message))


def _failures(instance: dg.DagsterInstance, run_id: str) -> tuple[list[str], list[str]]:
    """Why the run's steps and checks failed, and what to do about it, as far as that is known."""
    reasons, remedies = [], []
    for event in _events(instance, run_id, dg.DagsterEventType.ASSET_CHECK_EVALUATION):
        check = event.asset_check_evaluation_data
        if _is_error(check):
            reasons.append(_in_words(check))
            remedies.append(SEE_THE_ROWS)
    for event in _events(instance, run_id, dg.DagsterEventType.STEP_FAILURE):
        said = event.step_failure_data.user_failure_data
        known = said.metadata if said else {}
        if "what_was_wrong" in known:
            reasons.append(f"{event.step_key}: {known['what_was_wrong'].value}")
            remedies.append(str(known["what_to_do"].value))
        elif not _is_of_a_check(event):
            reasons.append(f"{event.step_key}: {_reason(event.step_failure_data.error)}")
            remedies.append(SEE_THE_RUN)
    return list(dict.fromkeys(reasons)), remedies


def _failed_checks(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Iterator[dg.AssetCheckEvaluation]:
    """Errors; and what the daily look found that it had not found the day before."""
    for event in _events(instance, run.run_id, dg.DagsterEventType.ASSET_CHECK_EVALUATION):
        check = event.asset_check_evaluation_data
        is_news = run.job_name == freshness_job.name and check.description not in _said_before(
            instance, check, run
        )
        if _is_error(check) or (is_news and not check.passed):
            yield check


def _said_before(
    instance: dg.DagsterInstance, check: dg.AssetCheckEvaluation, run: dg.DagsterRun
) -> set[str | None]:
    """What the check's last result before ``run`` said."""
    results = results_of(instance, check.asset_check_key, most=20)
    before = next((said for run_id, said in results if run_id != run.run_id), None)
    return {before.description} if before else set()


def _events(
    instance: dg.DagsterInstance, run_id: str, kind: dg.DagsterEventType
) -> Iterator[dg.DagsterEvent]:
    logged = instance.all_logs(run_id, of_type=kind)
    return (entry.dagster_event for entry in logged if entry.dagster_event)


def _is_error(check: dg.AssetCheckEvaluation) -> bool:
    return not check.passed and check.severity == dg.AssetCheckSeverity.ERROR


def _in_words(check: dg.AssetCheckEvaluation) -> str:
    return f"{check.asset_key.to_user_string()}, {check.check_name}: {check.description or 'not passed'}"


def _is_of_a_check(event: dg.DagsterEvent) -> bool:
    """Whether the step failed because a check that blocks was not passed, which is told already."""
    error = event.step_failure_data.error
    return bool(error) and error.cls_name == "DagsterAssetCheckFailedError"


def _reason(error) -> str:
    """The first line of what went wrong, without Dagster's wrapping."""
    cause = innermost(error)
    return (cause.message.strip().splitlines() or [""])[0] if cause else "It gives no reason."
