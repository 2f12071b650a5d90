"""From counts of a snapshot to the tables that are published of it: names, ranks, shares and intervals."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from where_is_ai.layers.research.grouped import WORLD
from where_is_ai.layers.research.metro import metro_names, publishing
from where_is_ai.layers.research.snapshot.bootstrap import intervals
from where_is_ai.layers.research.snapshot.measure import OfMetros, sector_of
from where_is_ai.layers.research.snapshot.schema import (
    AreaCounts,
    SnapshotLinks,
    SnapshotMetro,
    SnapshotSector,
    SnapshotVenue,
    SnapshotYear,
    TopicCounts,
)
from where_is_ai.layers.research.snapshot.works import PAPER
from where_is_ai.tables import Table, as_table

# Of each metro, the venues that most of its papers come out in.
VENUES = 10
_ADDRESS = "https://openalex.org/"


def published(
    counts: OfMetros, institutions: pd.DataFrame, world: Mapping[str, int], method: str, day: str
) -> dict[str, tuple[pd.DataFrame, type[Table]]]:
    """Each published table by its name, with its model, and the counts that other tables of the layer are made of.

    ``institutions`` is InstitutionResearch, ``world`` the counts of the whole world, ``day`` the snapshot's.
    """
    names = metro_names(institutions[institutions["included"]])
    about = {"method": method, "snapshot": day}
    by_metro = _by_metro(counts, names, world).assign(**about)
    works = by_metro.set_index("metro_id")["ai_works"]
    tables = {
        "world_ai_snapshot_by_metro": (by_metro, SnapshotMetro),
        "world_ai_snapshot_by_year": (_by_year(counts, names).assign(**about), SnapshotYear),
        "world_ai_snapshot_by_sector": (
            _by_sector(counts, names, institutions).assign(**about),
            SnapshotSector,
        ),
        "world_ai_snapshot_by_venue": (_by_venue(counts, names, works).assign(**about), SnapshotVenue),
        "world_ai_snapshot_links": (_links(counts, names, works).assign(**about), SnapshotLinks),
        "snapshot_topic_counts": (_by_topic(counts), TopicCounts),
        "snapshot_area_counts": (counts.by_area, AreaCounts),
    }
    return {
        name: (as_table(rows, model).reset_index(drop=True), model) for name, (rows, model) in tables.items()
    }


def _by_metro(counts: OfMetros, names: pd.DataFrame, world: Mapping[str, int]) -> pd.DataFrame:
    rows = _divided(counts.by_metro[counts.by_metro["ai_works"] > 0].join(names, on="metro_id"))
    rows = rows.join(intervals(counts.resampled), on="metro_id")
    rows["rank"] = rows["ai_works"].rank(method="min", ascending=False)
    rows["ai_works_with_twins"] = rows["ai_works"] + rows["preprint_twins"]
    for share, part in (("top_10_pct", "top_10_works"), ("top_1_pct", "top_1_works")):
        rows[share] = _pct(rows[part], rows["mature_works"])
        rows[f"world_{share}"] = world[part] / world["mature_works"] * 100 if world["mature_works"] else pd.NA
    return rows.sort_values(["rank", "metro_id"])


def _by_year(counts: OfMetros, names: pd.DataFrame) -> pd.DataFrame:
    world = counts.world_by_year.set_index(["subfield", "year"]).add_prefix("world_")
    rows = _divided(counts.by_year.join(names, on="metro_id").join(world, on=["subfield", "year"]))
    rows = rows.rename(columns={"papers": "ai_works", "world_papers": "world_ai_works"})
    rows = rows.rename(columns={"top_10_papers": "top_10_works", "top_1_papers": "top_1_works"})
    rows["top_10_pct"] = _pct(rows["top_10_works"], rows["ai_works"])
    rows["world_top_10_pct"] = _pct(rows["world_top_10_papers"], rows["world_ai_works"])
    rows["share_of_world_pct"] = _pct(rows["ai_works"], rows["world_ai_works"])
    return rows.sort_values(["metro_id", "subfield", "year"])


def _by_sector(counts: OfMetros, names: pd.DataFrame, institutions: pd.DataFrame) -> pd.DataFrame:
    counted = publishing(institutions[institutions["included"]])
    counted = counted.assign(sector=sector_of(counted["type"]))
    counted = counted.sort_values(["ai_works", "institution_id"], ascending=[False, True])
    leading = counted.groupby(["metro_id", "sector"]).agg(
        institutions=("institution_id", "size"),
        top_institution=("institution", "first"),
        top_institution_works=("ai_works", "first"),
    )
    rows = _divided(counts.by_sector.join(names, on="metro_id").join(leading, on=["metro_id", "sector"]))
    return rows.sort_values(["metro_id", "ai_works", "sector"], ascending=[True, False, True])


def _by_venue(counts: OfMetros, names: pd.DataFrame, works: pd.Series) -> pd.DataFrame:
    rows = counts.by_venue.join(names, on="metro_id")
    rows["venue_id"], rows["venue"] = rows["source"].str.removeprefix(_ADDRESS), rows["source_name"]
    rows["rank_in_metro"] = rows.groupby("metro_id")["ai_works"].rank(method="min", ascending=False)
    rows["share_pct"] = _pct(rows["ai_works"], rows["metro_id"].map(works))
    rows = rows.sort_values(["metro_id", "rank_in_metro", "venue_id"])
    return rows.groupby("metro_id").head(VENUES)


def _links(counts: OfMetros, names: pd.DataFrame, works: pd.Series) -> pd.DataFrame:
    rows = counts.links.join(names["metro"], on="metro_id")
    rows = rows.join(names["metro"].rename("with_metro"), on="with_metro_id")
    both = rows["metro_id"].map(works).astype("float64") * rows["with_metro_id"].map(works).astype("float64")
    rows["strength"] = rows["shared_works"] / np.sqrt(both)
    rows["rank"] = rows["shared_works"].rank(method="min", ascending=False)
    return rows.sort_values(["rank", "metro_id", "with_metro_id"])


def _by_topic(counts: OfMetros) -> pd.DataFrame:
    rows = pd.concat([counts.world_by_topic.assign(metro_id=WORLD), counts.by_topic], ignore_index=True)
    return rows.rename(columns={"papers": "works"})


def _divided(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` with papers counted in parts, in papers."""
    shares = {
        f"ai_works_{way}": rows[way].astype("Float64") / PAPER for way in ("by_authors", "by_institutions")
    }
    return rows.assign(**shares)


def _pct(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part.astype("Float64") / whole.where(whole > 0).astype("Float64") * 100
