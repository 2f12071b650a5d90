"""AI workers by metro of the USA, from BLS OEWS: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.employment.breaks import CAUTION
from where_is_ai.layers.employment.by_state import STATE_NOTE, sum_is_lower_bound
from where_is_ai.layers.employment.coverage import INTERVAL, WHOLE, only_repeats, row_is_lower_bound
from where_is_ai.layers.employment.findings import FINDINGS
from where_is_ai.layers.employment.notes import PAY_NOTE, RANK_NOTE, RAW, WIDE_NOTE, notes
from where_is_ai.layers.employment.on_metro import ON_METRO
from where_is_ai.layers.employment.pages import PAGES
from where_is_ai.layers.employment.pictures import PICTURES
from where_is_ai.layers.employment.queries import QUERIES
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment
from where_is_ai.layers.employment.schema_level import OccupationEmployment, StateEmployment
from where_is_ai.layers.employment.schema_nation import NationChange
from where_is_ai.layers.employment.schema_series import MetroSeries
from where_is_ai.layers.employment.state_map import STATES
from where_is_ai.layers.employment.superlatives import statements
from where_is_ai.layers.employment.trace import trace
from where_is_ai.layers.employment.wide import wide_is_lower_bound
from where_is_ai.layers.employment.words import coverage_title
from where_is_ai.layers.layer import HeldBack, Layer, Origin, PublishedTable, Trusted
from where_is_ai.settings import Settings

BLS = Origin("U.S. Bureau of Labor Statistics, OEWS", "https://www.bls.gov/oes/", "public domain")

LOWER_BOUNDS = dict.fromkeys(("ai_workers", "ai_per_1000"), row_is_lower_bound)


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the employment layer, live", known_releases()[-1].metro_workbook)]


EMPLOYMENT = Layer(
    name="employment",
    title="AI jobs",
    description="AI workers by metro of one quarter, with its map and findings.",
    counts_as="An AI worker is somebody employed as a data scientist or as a computer and information research "
    "scientist: the two occupations of official statistics that are closest to AI. Many who build or use "
    "AI work in others, such as software development, and are not counted.",
    measured_from="jobs from the U.S. Bureau of Labor Statistics",
    where="usa",
    measures_by="release",
    due_days=0,
    raw=RAW,
    assets="where_is_ai.defs.employment",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name="usa_ai_employment_by_msa",
            title="AI workers by metro",
            model=MetroEmployment,
            page="jobs",
            key=("area_code",),
            shown=(
                "rank_workers",
                "metro",
                "ai_workers",
                "ai_workers_low",
                "ai_workers_high",
                "rank_low",
                "rank_high",
                "ai_per_1000",
                "rank_concentration",
                "total_employment",
                "pay_median_low_usd",
                "pay_median_high_usd",
                "ai_workers_wide",
                "rank_wide_gain",
                "coverage",
            ),
            measure="ai_workers",
            origin=BLS,
            place="area_code",
            trace=trace,
            names="metro",
            period="oews_release",
            lower_bounds=LOWER_BOUNDS | {"ai_workers_wide": wide_is_lower_bound},
            walked="ai_per_1000",
            ranks={"ai_workers": "rank_workers", "ai_per_1000": "rank_concentration"},
            only_repeats=only_repeats,
            note=f"{INTERVAL} {RANK_NOTE} {WIDE_NOTE}",
        ),
        PublishedTable(
            name="usa_ai_employment_by_occupation",
            title="AI workers by metro and occupation, with pay",
            model=OccupationEmployment,
            page="occupations",
            key=("area_code", "occ_code"),
            shown=(
                "metro",
                "occupation",
                "employment",
                "employment_low",
                "employment_high",
                "status",
                "loc_quotient",
                "pay_pct25_usd",
                "pay_median_usd",
                "pay_pct75_usd",
                "pay_median_mark",
            ),
            measure="employment",
            origin=BLS,
            place="area_code",
            trace=trace,
            ids="area_code",
            names="metro",
            walked="employment",
            note=PAY_NOTE,
        ),
        PublishedTable(
            name=STATES,
            title="AI workers in the metros of each state, and in the nation",
            model=StateEmployment,
            page="jobs-by-state",
            key=("area", "basis"),
            shown=(
                "rank",
                "metros_of",
                "basis",
                "ai_workers",
                "hidden_high",
                "moe90",
                "ai_per_1000",
                "metros",
                "metros_published",
            ),
            measure="ai_workers",
            origin=BLS,
            trace=trace,
            names="metros_of",
            lower_bounds=dict.fromkeys(("ai_workers", "ai_per_1000"), sum_is_lower_bound),
            walked="ai_workers",
            note=STATE_NOTE,
        ),
        PublishedTable(
            name="usa_ai_employment_yoy",
            title="AI workers, like for like between two releases",
            model=MetroChange,
            page="change",
            key=("area_code",),
            shown=(
                "metro",
                "workers_before",
                "workers_after",
                "like_for_like_change",
                "like_for_like_pct",
                "noise",
                "exceeds_noise",
                "exceeds_noise_fdr10",
                "change_low",
                "change_high",
                "comparable",
                "why_not",
            ),
            measure="like_for_like_change",
            origin=BLS,
            place="area_code",
            trace=trace,
            names="metro",
            walked="like_for_like_change",
            only_repeats=only_repeats,
            note=INTERVAL,
        ),
        PublishedTable(
            name="usa_ai_employment_change_nation",
            title="AI workers of all comparable metros together",
            model=NationChange,
            page="change",
            key=("area",),
            shown=(
                "area",
                "metros_compared",
                "like_for_like_before",
                "like_for_like_after",
                "like_for_like_change",
                "like_for_like_pct",
                "moe90",
                "rounding",
                "rose",
                "fell",
                "unchanged",
            ),
            measure="like_for_like_change",
            origin=BLS,
            trace=trace,
            walked="like_for_like_change",
            note=f"{CAUTION}.",
        ),
        PublishedTable(
            name="usa_ai_employment_series",
            title="AI workers in every release at hand",
            model=MetroSeries,
            page="releases",
            key=("area_code", "oews_release"),
            shown=(
                "metro",
                "oews_release",
                "ai_workers",
                "ai_workers_low",
                "ai_workers_high",
                "ai_per_1000",
                "coverage",
                "linked",
                "why_not_linked",
            ),
            measure="ai_workers",
            origin=BLS,
            place="area_code",
            trace=trace,
            ids="area_code",
            names="metro",
            period="oews_release",
            lower_bounds=LOWER_BOUNDS,
            walked="ai_per_1000",
            ranks={"ai_workers": "rank_workers", "ai_per_1000": "rank_concentration"},
            only_repeats=only_repeats,
            note=INTERVAL,
        ),
    ),
    pages=PAGES,
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    held_back=(
        HeldBack(
            "suppressed-and-unlisted",
            "Suppressed and unlisted metros",
            "usa_ai_employment_by_msa",
            ("metro", "coverage", "ai_workers", "ai_workers_low", "ai_workers_high"),
            lambda metros: metros[metros["coverage"] != WHOLE].sort_values(
                ["coverage", "metro"], ascending=[False, True]
            ),
            "Their numbers are lower bounds or unknown. None of them is zero for want of a published cell.",
        ),
    ),
    trusted=Trusted("Map-Coverage", "usa_ai_employment_by_msa", coverage_title),
    queries=QUERIES,
    statements=statements,
)
