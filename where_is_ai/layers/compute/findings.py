"""What the compute tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.geography.abroad import URBAN_CENTRE
from where_is_ai.layers.compute.addresses import USA
from where_is_ai.layers.compute.metro import ALL
from where_is_ai.layers.compute.notes import COVERAGE, METROS, RAW, SITES, WORLD
from where_is_ai.layers.compute.schema import ComputeCoverage
from where_is_ai.layers.compute.scopes import THE_WORLD
from where_is_ai.layers.compute.superlatives import power_lead
from where_is_ai.layers.compute.words import expected
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.phrases import day
from where_is_ai.statements import worded
from where_is_ai.templates import fill

TOP = 15


def compute_findings(material: Material) -> str:
    """Markdown on the metros (MetroCompute) with most computing power, what is planned, and what is not placed."""
    metros, coverage, sites = (material.tables[name] for name in (METROS, COVERAGE, SITES))
    lead = power_lead(metros)
    planned = metros[metros["pipeline_mw"] > 0].sort_values(
        ["pipeline_mw", "area_code"], ascending=[False, True]
    )
    outside = sites[sites["placed"].isin(["micro", "outside", "unplaced", "no_address"])]
    return fill(
        Path(__file__).with_name("compute_findings.md.j2"),
        **_of_the_copy(material),
        lead=worded(lead) if lead else "",
        expected=expected(sites).strip(),
        top=metros.dropna(subset="rank").head(TOP).to_dict("records"),
        planned=planned.head(TOP).to_dict("records"),
        parts=_in_words(coverage[coverage["part"] != ALL]),
        outside=_in_words(outside.sort_values(["h100e", "site"], ascending=[False, True])),
    )


def world_findings(material: Material) -> str:
    """Markdown on the metros of the world (WorldCompute) with most computing power, and on those abroad."""
    metros, sites = material.tables[WORLD], material.tables[SITES]
    lead = power_lead(metros, THE_WORLD)
    abroad = sites[sites["country_code"].ne(USA).fillna(True) & sites["metro_id"].isna()]
    return fill(
        Path(__file__).with_name("compute_world_findings.md.j2"),
        **_of_the_copy(material),
        lead=worded(lead) if lead else "",
        top=_in_words(metros.dropna(subset="rank").head(TOP)),
        abroad=_in_words(metros[metros["country_code"] != USA]),
        by_centre=bool(metros["geography"].eq(URBAN_CENTRE).any()),
        not_placed=_in_words(abroad.sort_values(["h100e", "site"], ascending=[False, True])),
    )


def _of_the_copy(material: Material) -> dict[str, object]:
    """What both say of the copy that they rest on."""
    coverage = material.tables[COVERAGE]
    whole = coverage[coverage["part"] == ALL].iloc[0]
    return {
        "quarter": material.quarter,
        "end": day(material.quarter.last_day.isoformat()),
        "vintage": day(whole["vintage"]),
        "as_known": bool(whole["as_known"]),
        "sample_note": SAMPLE_NOTE if material.reconstructed(RAW) else "",
        "whole": whole,
    }


def _in_words(rows: pd.DataFrame) -> list[dict]:
    """The rows with their capacities as people read them, of which some are unknown."""
    columns = columns_of(ComputeCoverage)
    texts = {f"{name}_text": rows[name].map(columns[name].text) for name in ("h100e", "pipeline_mw")}
    return rows.assign(**texts).to_dict("records")


FINDINGS = (
    Findings(
        "compute_findings",
        (METROS, COVERAGE, SITES),
        "Which metros have the most computing power for AI, in words, with what is planned, what lies outside metros "
        "or has no address, and what the numbers do not mean. Every number in a sentence is taken from a table.",
        compute_findings,
    ),
    Findings(
        "compute_world_findings",
        (WORLD, COVERAGE, SITES),
        "Which metros of the world have the most computing power for AI, in words, with those abroad and what could "
        "not be placed there. Every number in a sentence is taken from a table.",
        world_findings,
    ),
)
