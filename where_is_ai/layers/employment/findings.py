"""What the employment table says, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

from where_is_ai.layers.employment.coverage import COVERAGES, WHOLE, WORDS
from where_is_ai.layers.employment.findings_yoy import usa_yoy_findings
from where_is_ai.layers.employment.notes import RAW
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.superlatives import count_lead, share_lead
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.phrases import day
from where_is_ai.occupations import TITLES, ai_occupations
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 15
METROS = "usa_ai_employment_by_msa"


def usa_findings(material: Material) -> str:
    """Markdown on the metros with most AI workers and with most per 1,000 jobs."""
    metros, release = material.tables[METROS], release_known_in(material.quarter)
    by_count, by_concentration = ranked(metros, "rank_workers"), ranked(metros, "rank_concentration")
    return fill(
        Path(__file__).with_name("usa_findings.md.j2"),
        quarter=material.quarter,
        release=release,
        published_on=day(str(release.published_on)),
        repeats=release.repeated_in(material.quarter),
        reconstructed=material.reconstructed(RAW),
        sample_note=SAMPLE_NOTE,
        occupations=[f"{code} {TITLES[code]}" for code in ai_occupations(release.reference_month)],
        lead="; ".join(worded(each) for each in (count_lead(metros), share_lead(metros)) if each is not None),
        by_count=by_count[:TOP],
        by_concentration=by_concentration[:TOP],
        bound_notes=WORDS | {WHOLE: ""},
        metros=len(metros),
        covered=metros["coverage"].value_counts().reindex(list(COVERAGES), fill_value=0).to_dict(),
    )


FINDINGS = (
    Findings(
        "usa_findings",
        (METROS,),
        "Which metros have the most AI workers, and the most per 1,000 jobs, in words, with what the numbers do not "
        "mean. Every number in a sentence is taken from the table, with the source, the release and the method named; "
        "nothing is typed by hand.",
        usa_findings,
    ),
    Findings(
        "usa_yoy_findings",
        ("usa_ai_employment_yoy", "usa_ai_employment_change_nation"),
        "Which metros gained, lost and grew fastest since the release before, and which can't be compared and why. "
        "Metros that can't be compared are listed with the reason, since a suppressed cell looks like a loss in a "
        "careless table.",
        usa_yoy_findings,
    ),
)
