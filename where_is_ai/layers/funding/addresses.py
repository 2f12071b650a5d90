"""From an issuer's town and state to its metro; a town of registered agents is flagged and leads nowhere.

The form asks for the principal place of business, and many give the address of the agent that registered them.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.geography.locations import Locator

_PLACED = {"metro": "metro", "micro": "micro", "rural": "outside"}


@cache
def agent_towns() -> pd.DataFrame:
    """town, state and why, of ``agent_towns.csv``."""
    return pd.read_csv(Path(__file__).with_name("agent_towns.csv"), dtype="str")


class TownReader:
    """Reads towns with the project's gazetteer and a delineation (CbsaCounties); each town once."""

    def __init__(self, counties: pd.DataFrame):
        self._locator = Locator(counties)
        self._agents = {(key_of(row.town), row.state) for row in agent_towns().itertuples(index=False)}
        self._states = read_gazetteer().state_codes
        self._known: dict[tuple[str, str], tuple[str, str | None]] = {}

    def place(self, rows: pd.DataFrame) -> pd.DataFrame:
        """``rows`` (city, state) with placed (of PLACED) and area_code."""
        towns = [
            self._read(*("" if pd.isna(each) else each for each in town))
            for town in rows[["city", "state"]].itertuples(index=False)
        ]
        placed = pd.DataFrame(towns, columns=["placed", "area_code"], index=rows.index, dtype="str")
        return rows.assign(placed=placed["placed"], area_code=placed["area_code"])

    def _read(self, city: str, state: str) -> tuple[str, str | None]:
        town = (city, state.upper())
        if town not in self._known:
            self._known[town] = self._find(*town)
        return self._known[town]

    def _find(self, city: str, state: str) -> tuple[str, str | None]:
        if state not in self._states:
            # The SEC's codes of Canada's provinces and of other countries are not postal codes of states.
            return ("abroad", None) if state else ("unplaced", None)
        if (key_of(city), state) in self._agents:
            return "agent", None
        found = self._locator.read(f"{city.title() if city.isupper() else city}, {state}") if city else None
        if found is None or found.status not in _PLACED:
            return "unplaced", None
        code = found.area_codes[0] if found.status == "metro" and len(found.area_codes) == 1 else None
        return (_PLACED[found.status], code) if code or found.status != "metro" else ("unplaced", None)
