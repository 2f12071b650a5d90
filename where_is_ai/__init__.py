"""Where AI actually happens, by metro, re-measured every quarter from primary sources."""

import warnings

# pandera imports Spark's pandas where Spark is installed, and that warns of every pandas since 3 on the terminal.
warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
