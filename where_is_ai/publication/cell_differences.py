"""Every value that differs between two published tables."""

import pandas as pd

COLUMNS = ["row", "column", "before", "after"]


def cell_differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """``row``, ``column``, ``before`` and ``after`` of each cell that differs, empty for what is not there.

    Both tables hold text, and their index names their rows, each by a name of its own.
    """
    rows = before.index.union(after.index, sort=False)
    columns = [*after.columns, *(column for column in before.columns if column not in after.columns)]
    old = before.reindex(index=rows, columns=columns, fill_value="")
    new = after.reindex(index=rows, columns=columns, fill_value="")
    cells = pd.DataFrame({"before": old.stack(), "after": new.stack()})
    cells = cells[cells["before"] != cells["after"]]
    return cells.rename_axis(["row", "column"]).reset_index()[COLUMNS]
