"""Some assets of a job materialized by themselves, as the UI does it that launches what is selected."""

from collections.abc import Mapping, Sequence

import dagster as dg

from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings


def materialized(
    job: str, quarter: Quarter, assets: Sequence[str], choices: Mapping[str, str] | None = None
) -> bool:
    """Whether a run of ``assets`` of ``job`` succeeds, in this process and with the settings of its environment.

    ``choices`` are those of the run where they differ from the settings: source, method and mirror.
    """
    config = {"resources": {"choices": {"config": dict(choices)}}} if choices else {}
    prepare_home(read_settings())
    with dg.DagsterInstance.get() as instance:
        run = definitions(LAYERS).resolve_job_def(job).execute_in_process
        return run(
            partition_key=quarter.partition_key,
            instance=instance,
            asset_selection=[dg.AssetKey(asset) for asset in assets],
            run_config=config,
            raise_on_error=False,
        ).success
