"""Where the numbers of an edition come from, as its pictures and pages say it: by the copy that the table names."""

from where_is_ai.layers.layer import Material
from where_is_ai.layers.phrases import day
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_epoch_data_centers"
METROS, WORLD = "usa_ai_compute_by_metro", "world_ai_compute_by_metro"
ATLAS_METROS = "usa_data_centers_by_metro"
SITES, COVERAGE = "world_ai_compute_by_site", "world_ai_compute_coverage"


def notes(material: Material) -> EditionNotes:
    """Notes on the vintage of Epoch AI's data centres behind the tables by metro, which is one."""
    first = next(material.tables[name] for name in (METROS, WORLD) if material.has_rows(name)).iloc[0]
    return EditionNotes(
        quarter=str(material.quarter),
        source="Epoch AI",
        period=day(material.quarter.last_day.isoformat()),
        method=f"timelines as copied on {day(first['vintage'])}",
        licence="CC BY 4.0",
        reconstructed=material.reconstructed(RAW),
        remark="" if first["as_known"] else f"Copied on {day(first['vintage'])}, after the quarter",
        basis=first["vintage"],
    )
