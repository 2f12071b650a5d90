"""What the adoption tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.adoption.notes import RAW
from where_is_ai.layers.adoption.origin import MADE_UP
from where_is_ai.layers.adoption.quarter import samples
from where_is_ai.layers.adoption.superlatives import use_lead
from where_is_ai.layers.adoption.trace import METROS, STATES
from where_is_ai.layers.adoption.words import wording_text
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 15


def metro_findings(material: Material) -> str:
    return _findings(material, material.tables[METROS].rename(columns={"metro": "place"}), "metro")


def state_findings(material: Material) -> str:
    return _findings(material, material.tables[STATES].rename(columns={"name": "place"}), "state")


def _findings(material: Material, rows: pd.DataFrame, kind: str) -> str:
    known, lead = rows["ai_use_pct"].notna(), use_lead(rows, rows["place"])
    made_up = bool(rows["source"].eq(MADE_UP).any())
    chosen = rows[known & rows["selected"]].sort_values("place")
    return fill(
        Path(__file__).with_name("adoption_findings.md.j2"),
        quarter=material.quarter,
        kind=kind,
        rows=len(rows),
        lead=worded(lead) if lead else "",
        top=ranked(rows, "rank")[:TOP],
        ranked=int(rows["rank"].notna().sum()),
        selected=chosen.to_dict("records"),
        unknown=rows.loc[~known, ["place", "why_unknown"]].sort_values("place").to_dict("records"),
        wording=wording_text(rows),
        at_hand=int((rows["cycles"] + rows["suppressed_cycles"]).max()),
        cycles=int(rows["cycles_in_quarter"].max()),
        samples=sorted(rows["samples"].unique()),
        new_samples=samples(),
        made_up=MADE_UP if made_up else "",
        sample_note=SAMPLE_NOTE if material.reconstructed(RAW) and not made_up else "",
    )


FINDINGS = (
    Findings(
        "adoption_findings",
        (METROS, STATES),
        "In which of the survey's 25 metros most businesses use AI, in words, with what the numbers do not mean. Every "
        "number in a sentence is taken from the table; nothing is typed by hand.",
        metro_findings,
    ),
    Findings(
        "adoption_state_findings",
        (STATES,),
        "In which states most businesses use AI, in words, with what the numbers do not mean. Every number in a "
        "sentence is taken from the table; nothing is typed by hand.",
        state_findings,
    ),
)
