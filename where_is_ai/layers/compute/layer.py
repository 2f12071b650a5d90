"""Data centres for AI by metro, from Epoch AI: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.compute import source
from where_is_ai.layers.compute.atlas import IM3, VINTAGES
from where_is_ai.layers.compute.atlas_schema import MetroDataCenters
from where_is_ai.layers.compute.findings import FINDINGS
from where_is_ai.layers.compute.map_choices import MEASURES
from where_is_ai.layers.compute.notes import ATLAS_METROS, COVERAGE, METROS, RAW, SITES, WORLD, notes
from where_is_ai.layers.compute.on_metro import ON_METRO
from where_is_ai.layers.compute.pictures import PICTURES, STEM, WORLD_STEM
from where_is_ai.layers.compute.schema import ComputeCoverage, MetroCompute, SiteCompute, WorldCompute
from where_is_ai.layers.compute.superlatives import statements
from where_is_ai.layers.compute.trace import trace, trace_atlas, trace_layer
from where_is_ai.layers.layer import Layer, Origin, Page, PublishedTable, Row
from where_is_ai.settings import Settings

EPOCH = Origin("Epoch AI", source.EPOCH.homepage, "CC-BY-4.0")
PAGE, WORLD_PAGE = "compute", "compute-world"
UNITS = (
    "An H100 equivalent is the computing power of one NVIDIA H100 chip; the chips themselves may be others. The "
    "pipeline is what the source dates after the quarter: planned, not built."
)
CAPACITY = ("h100e", "h100e_projected", "mw", "pipeline_h100e", "pipeline_mw")


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [
        ("the compute layer, live", source.SITES),
        ("the compute layer, live", source.TIMELINES),
        ("all data centres of the USA beside those for AI", VINTAGES[0].request),
    ]


def has_unknown_sites(row: Row) -> bool:
    """What is known of some sites is the least that all have."""
    return bool(row["sites_unknown"])


LOWER_BOUNDS = dict.fromkeys(("h100e", "mw"), has_unknown_sites)

COMPUTE = Layer(
    name="compute",
    title="AI data centres",
    description="Data centres for AI by metro at one quarter's end, with their map and findings.",
    counts_as="AI computing power is what stands in the large data centres that Epoch AI knows of, in units of one "
    "H100 processor.",
    measured_from="data centres from Epoch AI",
    where="usa",
    measures_by="period",
    due_days=0,
    raw=RAW,
    assets="where_is_ai.defs.compute",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="AI data centres by metro of the USA",
            model=MetroCompute,
            page=PAGE,
            key=("area_code",),
            shown=("rank", "metro", *CAPACITY, "sites", "sites_planned", "owners", "users"),
            measure="h100e",
            origin=EPOCH,
            trace=trace,
            names="metro",
            place="area_code",
            lower_bounds=LOWER_BOUNDS,
            note=UNITS,
            walked="h100e",
        ),
        PublishedTable(
            name=WORLD,
            title="AI data centres by metro of the world",
            model=WorldCompute,
            page=WORLD_PAGE,
            key=("metro_id",),
            shown=(
                "rank",
                "metro",
                "country_code",
                "geography",
                *CAPACITY,
                "sites",
                "sites_planned",
                "owners",
            ),
            measure="h100e",
            origin=EPOCH,
            trace=trace,
            names="metro",
            place="metro_id",
            lower_bounds=LOWER_BOUNDS,
            note=f"{UNITS} Metros of the USA are CBSAs (core based statistical areas): counties that commuters tie "
            "together. The source gives no coordinates: abroad a metro is the urban centre around the city that the "
            "address names, or where no urban centre is at hand that city.",
            walked="h100e",
        ),
        PublishedTable(
            name=SITES,
            title="Every data centre listed, and where it was placed",
            model=SiteCompute,
            page=PAGE,
            key=("site",),
            shown=("site", "country_code", "placed", "place", *CAPACITY, "owners", "users", "milestone"),
            measure="h100e",
            origin=EPOCH,
            trace=trace,
            walked="h100e",
        ),
        PublishedTable(
            name=COVERAGE,
            title="How much of it could be placed",
            model=ComputeCoverage,
            page=PAGE,
            key=("part",),
            shown=("part", "listed", "sites", "sites_planned", "sites_unknown", *CAPACITY),
            measure="h100e",
            origin=EPOCH,
            trace=trace_layer,
            lower_bounds=LOWER_BOUNDS,
        ),
        PublishedTable(
            name=ATLAS_METROS,
            title="All data centres of the USA by metro, for AI or not",
            model=MetroDataCenters,
            page=PAGE,
            key=("area_code",),
            shown=("rank", "metro", "dc_facilities", "dc_points", "dc_msqft", "dc_campuses"),
            measure="dc_facilities",
            origin=Origin(IM3.name, IM3.homepage, "ODbL-1.0"),
            trace=trace_atlas,
            names="metro",
            note="Counts made from the IM3 Open Source Data Center Atlas, © OpenStreetMap contributors, Open Database "
            "License 1.0; this table is under that licence, apart from the others. A campus overlaps its buildings.",
        ),
    ),
    pages=(
        Page(
            PAGE,
            "Where are the machines that AI runs on?",
            "Data centres",
            "compute_findings.md",
            STEM,
            METROS,
            measures=MEASURES,
        ),
        Page(
            WORLD_PAGE,
            "Where in the world are the machines that AI runs on?",
            "Data centres of the world",
            "compute_world_findings.md",
            WORLD_STEM,
            WORLD,
            measures=MEASURES,
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    statements=statements,
)
