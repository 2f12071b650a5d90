"""The asset graph: what Dagster loads. The only room that imports dagster."""

import warnings

import dagster as dg

# Data versions of outputs are marked beta in Dagster 1.13, partitions of checks preview; each use would warn on the
# terminal.
warnings.filterwarnings("ignore", category=dg.BetaWarning)
warnings.filterwarnings("ignore", category=dg.PreviewWarning)

from where_is_ai.defs.definitions import definitions  # noqa: E402
from where_is_ai.layers import LAYERS  # noqa: E402

defs = definitions(LAYERS)
