"""Which metros have AI papers enough, and old enough, to speak of how many of them are cited most."""

import pandas as pd

# A share of fewer papers than this is chance rather than quality.
LEAST_MATURE_WORKS = 100


def cited(metros: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``metros`` (MetroResearch) with mature works enough, and any among the most cited 10 %."""
    enough = (metros["mature_works"] >= LEAST_MATURE_WORKS) & (metros["top_10_works"] > 0)
    return metros[enough.fillna(False)].reset_index(drop=True)
