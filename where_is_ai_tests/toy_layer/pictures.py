"""The toy's words and map."""

from pathlib import Path

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.layer import Drawing, Findings, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.templates import fill

METROS, RAW, STEM = "usa_power_by_metro", "raw_power", "Heatmap-USA-Power"


def notes(material: Material) -> EditionNotes:
    return EditionNotes(str(material.quarter), "Toy Power Office", str(material.quarter), "as listed")


def power_map(material: Material) -> Drawing:
    metros, about = material.tables[METROS], notes(material)
    drawn = BubbleMap(
        view="usa",
        caption=Caption(f"{metros['metro'][0]} has the most power", "Megawatts by metro", about, "A toy."),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=metros["power_mw"],
            colour=metros["power_mw"],
            hover=lambda row: [row.metro, f"{row.power_mw:.1f} MW"],
        ),
        area="Area: megawatts",
        colour="Colour: megawatts",
        rankings=(Ranking("Most megawatts", by_key(metros, "area_code", lambda row: f"{row.power_mw:.1f}")),),
        reads="The circle's area is megawatts.",
    )
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def power_findings(material: Material) -> str:
    return fill(Path(__file__).with_name("power_findings.md.j2"), first=material.tables[METROS].iloc[0])


PICTURES = (
    Picture("heatmap_usa_power", (METROS,), "The USA by metro: circles by megawatts." * 3, power_map),
)
FINDINGS = (
    Findings("power_findings", (METROS,), "Which metro has the most power, in words." * 3, power_findings),
)
