"""Small OEWS cells and workbooks, written for the tests."""

import pandas as pd

from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.tables import as_table


def cells(release: str, *rows: tuple, **more: list) -> pd.DataFrame:
    """OewsCells of rows (area_code, occ_code, employment or None where suppressed, PRSE in percent or None).

    ``more`` are values of other columns, one a row; what is not given is unknown.
    """
    made = pd.DataFrame(rows, columns=["area_code", "occ_code", "employment", "emp_prse_pct"])
    made["release"] = release
    made["area_title"] = "Metro " + made["area_code"] + ", ST"
    made["status"] = made["employment"].isna().map({True: "suppressed", False: "published"})
    made["member"], made["sheet"], made["sheet_row"] = "made", "made", range(2, len(made) + 2)
    made = made.assign(**more).reindex(columns=list(OewsCells.to_schema().columns))
    return as_table(made, OewsCells)
