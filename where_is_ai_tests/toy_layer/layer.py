"""The toy's declaration."""

from pathlib import Path

from where_is_ai.layers.layer import Layer, OnMetro, Origin, Page, PublishedTable, Slice
from where_is_ai_tests.toy_layer.pictures import FINDINGS, METROS, PICTURES, RAW, STEM, notes
from where_is_ai_tests.toy_layer.schema import MetroPower
from where_is_ai_tests.toy_layer.source import FIGURES
from where_is_ai_tests.toy_layer.trace import trace

TOY = Layer(
    name="toy",
    title="Toy power",
    description="Megawatts by metro of one quarter, with its map and findings.",
    measured_from="megawatts from the Toy Power Office",
    where="usa",
    measures_by="period",
    due_days=10,
    raw=RAW,
    assets="where_is_ai_tests.defs.toy",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="Megawatts by metro",
            model=MetroPower,
            page="power",
            key=("area_code",),
            shown=("rank", "metro", "power_mw"),
            measure="power_mw",
            origin=Origin("Toy Power Office", "https://power.example/", "public domain"),
            trace=trace,
            names="metro",
            place="area_code",
            walked="power_mw",
        ),
    ),
    pages=(Page("power", "Where is the toy's power?", "Power", "power_findings.md", STEM, METROS),),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=OnMetro(
        slice=lambda row, edition: Slice(f"{row['power_mw']:.1f}", "MW", (f"Rank {row['rank']}",)),
        history=("power_mw", "rank"),
        rests_on=lambda row: "the toy's file",
        in_short=lambda row: f"{row['power_mw']:.1f} MW",
    ),
    probes=lambda settings: [("the toy layer, live", FIGURES)],
)
