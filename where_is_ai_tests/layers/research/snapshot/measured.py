"""A made snapshot measured as a run measures it, by whichever engine."""

from dataclasses import dataclass
from dataclasses import fields as fields_of
from pathlib import Path

import pandas as pd

from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.snapshot import measure
from where_is_ai.layers.research.snapshot.engine import open_engine
from where_is_ai.layers.research.snapshot.extract import extract
from where_is_ai.layers.research.snapshot.folder import open_snapshot
from where_is_ai_tests.layers.research.made_world import World
from where_is_ai_tests.layers.research.snapshot.truth import QUARTER

TYPES = ("education", "company", "government", "facility")
REPLICATES = 20


@dataclass(frozen=True)
class Measured:
    world: dict[str, int]
    institutions: pd.DataFrame
    rows: pd.DataFrame
    metros: measure.OfMetros

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table that was counted, by its name."""
        metros = {each.name: getattr(self.metros, each.name) for each in fields_of(self.metros)}
        return {"institutions": self.institutions, "world": pd.DataFrame([self.world]), **metros}


def metro_of(world: World) -> dict[str, str]:
    """Each institution's metro by its city: here all of one city are one metro."""
    return {each.id: f"{each.country_code}/{each.city}" for each in world.institutions}


def measure_snapshot(folder: Path, world: World, room: Path, engine: str = "duckdb") -> Measured:
    room.mkdir(parents=True, exist_ok=True)
    snapshot = open_snapshot(str(folder))
    with open_engine(engine, room) as opened:
        extract(opened, snapshot.works, room)
        found = measure.of_world(opened, room, snapshot.merged, STANDARD, QUARTER)
        rows = _rows(found.institutions, world)
        counted = measure.of_metros(
            opened, room, snapshot.merged, rows, areas_of(rows), STANDARD, QUARTER, REPLICATES
        )
    return Measured(dict(found.world), found.institutions, rows, counted)


def areas_of(rows: pd.DataFrame) -> pd.DataFrame:
    """InstitutionAreas of two geographies: each metro, and the metros of a country together."""
    return pd.concat(
        [
            rows[["institution_id"]].assign(geography="metros", area_id=rows["metro_id"]),
            rows[["institution_id"]].assign(geography="countries", area_id=rows["country_code"]),
        ],
        ignore_index=True,
    )


def _rows(counts: pd.DataFrame, world: World) -> pd.DataFrame:
    """What of InstitutionResearch is asked for, with types by turns."""
    ids = "I" + counts["institution"].astype("str")
    return pd.DataFrame(
        {
            "institution_id": ids,
            "institution": ids.map({each.id: each.name for each in world.institutions}),
            "type": [TYPES[number % len(TYPES)] for number in counts["institution"]],
            "ai_works": counts["ai_works"],
            "metro_id": ids.map(metro_of(world)),
            "metro": ids.map({each.id: each.city for each in world.institutions}),
            "country_code": ids.map({each.id: each.country_code for each in world.institutions}),
            "included": True,
        }
    )
