"""From an issuer's town and state, else its ZIP code, to its metro; registered agents' towns are flagged.

The form asks for the principal place of business, and many give the address of the agent that registered them.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.geography.locations import Locator
from where_is_ai.geography.zips import areas_by_zip

_OUTSIDE = {"micro": "micro", "rural": "outside"}


@cache
def agent_towns() -> pd.DataFrame:
    """town, state and why, of ``agent_towns.csv``."""
    return pd.read_csv(Path(__file__).with_name("agent_towns.csv"), dtype="str")


class TownReader:
    """Reads towns with the project's gazetteer, CbsaCounties and ZipCounties; each town once."""

    def __init__(self, counties: pd.DataFrame, zips: pd.DataFrame):
        self._locator = Locator(counties)
        self._zips = areas_by_zip(zips, counties)
        self._agents = {(key_of(row.town), row.state) for row in agent_towns().itertuples(index=False)}
        self._states = read_gazetteer().state_codes
        self._known: dict[tuple[str, str, str], tuple[str, str | None]] = {}

    def place(self, rows: pd.DataFrame) -> pd.DataFrame:
        """``rows`` (city, state, zip_code) with placed (of PLACED) and area_code."""
        towns = [
            self._read(*("" if pd.isna(each) else each for each in town))
            for town in rows[["city", "state", "zip_code"]].itertuples(index=False)
        ]
        placed = pd.DataFrame(towns, columns=["placed", "area_code"], index=rows.index, dtype="str")
        return rows.assign(placed=placed["placed"], area_code=placed["area_code"])

    def _read(self, city: str, state: str, zip_code: str) -> tuple[str, str | None]:
        town = (city, state.upper(), zip_code[:5])
        if town not in self._known:
            self._known[town] = self._find(*town)
        return self._known[town]

    def _find(self, city: str, state: str, zip_code: str) -> tuple[str, str | None]:
        if state not in self._states:
            # The SEC's codes of Canada's provinces and of other countries are not postal codes of states.
            return ("abroad", None) if state else ("unplaced", None)
        if (key_of(city), state) in self._agents:
            return "agent", None
        found = self._locator.read(f"{city.title() if city.isupper() else city}, {state}") if city else None
        if found and found.status == "metro" and len(found.area_codes) == 1:
            return "metro", found.area_codes[0]
        if found and found.status in _OUTSIDE:
            return _OUTSIDE[found.status], None
        area = self._zips.get((state, zip_code))
        return (area.kind, area.code if area.kind == "metro" else None) if area else ("unplaced", None)
