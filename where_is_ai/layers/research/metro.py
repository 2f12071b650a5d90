"""From institutions to metros: which metro each belongs to, whether it counts there, and what a metro has in all."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.store import retrieved_in_time
from where_is_ai.layers.research import noise
from where_is_ai.layers.research.citations import shares
from where_is_ai.layers.research.city_tags import CITY_TAG, city_areas, town_areas
from where_is_ai.layers.research.distinct import Bounds, Union
from where_is_ai.layers.research.methods import ArticleMethod, Method, StandardMethod
from where_is_ai.layers.research.openalex import TOPICS_REPLACED
from where_is_ai.layers.research.queries import queries
from where_is_ai.layers.research.schema import InstitutionResearch, MetroResearch
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

CITY_TAGS = "city tags"
CLASSIFIED_BY_CONCEPT = "concepts (deprecated, not given to new works)"
CLASSIFIED_BEFORE = f"topics as assigned before {TOPICS_REPLACED}"
CLASSIFIED_SINCE = f"topics as assigned on {TOPICS_REPLACED}"
CLASSIFIED_MIXED = f"topics from both sides of {TOPICS_REPLACED}"
# Counted over a metro's institutions together: a work of two of them is one work.
QUALITY = ("mature_works", "top_10_works", "top_1_works")
PEOPLE = 100_000


def assign(
    works: pd.DataFrame, method: Method, areas: pd.DataFrame | None = None, geography: str = CITY_TAGS
) -> pd.DataFrame:
    """InstitutionResearch: each row of ``works`` (AiWorks) with its metro, and whether it counts there.

    ``areas`` has area_id, area and away_km (NA for a city) by the index of ``works``; an institution in none belongs to
    its own city.
    The article's method knows city tags alone.
    """
    if isinstance(method, ArticleMethod):
        metros = city_areas(works, method.merges).assign(away_km=pd.NA)
    else:
        metros = _or_own_city(works, areas)
        geography = metros["away_km"].notna().map({True: geography, False: CITY_TAG})
    rows = works.assign(
        metro_id=metros["area_id"],
        metro=metros["area"],
        away_km=metros["away_km"],
        geography=geography,
        method=method.name,
    )
    rows[["why_not", "evidence"]] = _why_not(rows, method)
    rows["included"] = rows["why_not"].isna()
    rows = rows.sort_values(["ai_works", "institution_id"], ascending=[False, True])
    return as_table(rows, InstitutionResearch).reset_index(drop=True)


def unions(
    institutions: pd.DataFrame, method: StandardMethod, quarter: Quarter
) -> dict[tuple[str, str], Union]:
    """The distinct counts that the metro table needs, by (metro_id, measure).

    None of a measure that is unknown of one of the metro's institutions: it is unknown of the metro. An institution
    without papers in the window counts towards the measures of older works.
    """
    among = queries(method, quarter)
    included = institutions[institutions["included"]]
    included = included[included["metro_id"].isin(included.loc[included["ai_works"] > 0, "metro_id"])]
    return {
        (metro, measure): Union.of(
            among[measure],
            method.corpus,
            dict(zip(rows["institution_id"], rows[measure], strict=True)),
        )
        for metro, rows in included.groupby("metro_id")
        for measure in ("ai_works", *QUALITY)
        if rows[measure].notna().all()
    }


def roll_up(
    institutions: pd.DataFrame,
    method: Method,
    quarter: Quarter,
    counts: Mapping[str, int] | None = None,
    population: pd.Series | None = None,
    entries: Sequence[Entry] = (),
    world: Mapping[str, int] | None = None,
    distinct: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """MetroResearch: a row per metro of the included rows of ``institutions``, highest first.

    ``counts`` gives the ``meta.count`` of each of the unions' requests by its URL; ``population`` residents by
    area id; ``entries`` are all the answers that went into it; ``world`` has the QUALITY works of the whole world;
    ``distinct`` the distinct works by metro_id, where they were counted work by work. A metro's point is the mean of
    its institutions' points, weighted by their works; its country the one that most of its works are from.
    """
    included = institutions[institutions["included"]]
    counted = publishing(included)
    metros = counted.groupby("metro_id").agg(
        metro=("metro", "first"),
        ai_works_summed=("ai_works", "sum"),
        institutions=("institution_id", "size"),
        top_institution=("institution", "first"),
        top_institution_works=("ai_works", "first"),
        geography=("geography", "first"),
    )
    metros["country_code"] = _main_country(counted)
    metros = metros.join(_points(counted)).reset_index()
    if isinstance(method, ArticleMethod):
        metros = _summed(metros)
    elif distinct is not None:
        metros = _counted_by_work(metros, distinct)
    else:
        metros = _distinct(metros, included, method, quarter, counts)
    metros["population"] = (
        metros["metro_id"].map(population if population is not None else {}).astype("Int64")
    )
    metros["ai_works_per_100k"] = metros["ai_works"] / metros["population"] * PEOPLE
    metros = metros.assign(**shares(metros, world))
    metros["count_basis"] = method.count_basis
    metros["rank"] = metros["ai_works"].rank(method="min", ascending=False)
    metros["method"], metros["definition"] = method.name, method.definition
    metros["window_from"], metros["window_to"] = (day.isoformat() for day in method.window(quarter))
    metros = metros.assign(**answered(entries, method, quarter))
    return as_table(metros.sort_values(["rank", "metro_id"]), MetroResearch).reset_index(drop=True)


def made_of(rows: pd.DataFrame) -> str:
    """What most metros of ``rows`` are made of; some are cities of their own by any geography."""
    return rows["geography"].mode().iloc[0] if len(rows) else "none"


def publishing(institutions: pd.DataFrame) -> pd.DataFrame:
    """Those with papers in the window; the others are there for their older works alone."""
    return institutions[institutions["ai_works"] > 0]


def answered(entries: Sequence[Entry], method: Method, quarter: Quarter) -> dict[str, object]:
    """When the answers came, whether that was in the quarter's time, and under which classification."""
    days = sorted(entry.retrieved_at for entry in entries)
    late = [entry.retrieved.date() >= TOPICS_REPLACED for entry in entries]
    if isinstance(method, ArticleMethod):
        classification = CLASSIFIED_BY_CONCEPT
    else:
        classification = (
            CLASSIFIED_SINCE if all(late) else CLASSIFIED_MIXED if any(late) else CLASSIFIED_BEFORE
        )
    return {
        "classification": classification,
        "retrieved_from": days[0] if days else pd.NA,
        "retrieved_to": days[-1] if days else pd.NA,
        "as_known": all(retrieved_in_time(entry, quarter) for entry in entries) if entries else pd.NA,
    }


def institutions_lost_or_doubled(metros: pd.DataFrame, institutions: pd.DataFrame) -> pd.DataFrame:
    """The metros whose institutions or summed works differ between the two published tables."""
    included = institutions[institutions["included"]]
    expected = publishing(included).groupby("metro_id")["ai_works"].agg(["size", "sum"])
    both = expected.join(metros.set_index("metro_id")[["institutions", "ai_works_summed"]], how="outer")
    return both[
        (both["size"] != both["institutions"]) | (both["sum"] != both["ai_works_summed"])
    ].reset_index()


def counted_outside_bounds(metros: pd.DataFrame) -> pd.DataFrame:
    """The metros whose distinct works are fewer than their largest institution's or more than their sum."""
    known = metros.dropna(subset="ai_works_low")
    return known[
        (known["ai_works"] < known["top_institution_works"]) | (known["ai_works"] > known["ai_works_summed"])
    ]


def _or_own_city(works: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    own = town_areas(works).assign(away_km=pd.NA)
    return areas.where(areas["area_id"].notna(), own)


def _why_not(rows: pd.DataFrame, method: Method) -> pd.DataFrame:
    if isinstance(method, ArticleMethod):
        return _noise_of_the_article(rows, method).to_frame("why_not").assign(evidence=pd.NA)
    found = noise.why_not(rows, method.noise, noise.read_corrections())
    nowhere = found["why_not"].isna() & rows["metro_id"].isna()
    found.loc[nowhere, "why_not"] = "in no area, and without a city in OpenAlex"
    return found


def _noise_of_the_article(rows: pd.DataFrame, method: ArticleMethod) -> pd.Series:
    why = pd.Series(pd.NA, index=rows.index, dtype="str")
    noisy = set(method.noisy_cities)
    is_noisy = [tag in noisy for tag in zip(rows["city"], rows["country_code"], strict=True)]
    why[is_noisy] = "city named as noise: bulk dataset records, not papers"
    why[rows["city"].isna()] = "no city in OpenAlex"
    counted = rows[why.isna()].groupby("metro_id")["ai_works"]
    small = (counted.transform("size") < method.least_institutions) & (
        counted.transform("sum") < method.least_works
    )
    why[small[small].index] = (
        f"metro has fewer than {method.least_institutions} institutions and {method.least_works:,} works"
    )
    return why


def _summed(metros: pd.DataFrame) -> pd.DataFrame:
    unknown = dict.fromkeys(
        ("ai_works_low", "ai_works_high", "drift_works", "drift_works_cited", *QUALITY),
        pd.array([pd.NA] * len(metros), dtype="Int64"),
    )
    return metros.assign(ai_works=metros["ai_works_summed"], **unknown)


def _counted_by_work(metros: pd.DataFrame, distinct: pd.DataFrame) -> pd.DataFrame:
    """Exact, and counted of a source that stood still."""
    found = distinct.reindex(metros["metro_id"]).set_axis(metros.index)
    bounds = {"ai_works_low": found["ai_works"], "ai_works_high": found["ai_works"]}
    return metros.assign(**found, **bounds, drift_works=0, drift_works_cited=0)


def _distinct(
    metros: pd.DataFrame,
    included: pd.DataFrame,
    method: StandardMethod,
    quarter: Quarter,
    counts: Mapping[str, int],
) -> pd.DataFrame:
    bounds = {key: union.bounds(counts) for key, union in unions(included, method, quarter).items()}
    of_works = [bounds[metro, "ai_works"] for metro in metros["metro_id"]]

    def cited(metro: str, part: Callable[[Bounds], int]) -> list:
        known = [bounds.get((metro, measure)) for measure in QUALITY]
        return [pd.NA if each is None else part(each) for each in known]

    works = pd.DataFrame(
        [cited(metro, lambda each: each.works) for metro in metros["metro_id"]], columns=list(QUALITY)
    )
    drift = pd.DataFrame([cited(metro, lambda each: each.drift) for metro in metros["metro_id"]])
    return metros.assign(
        ai_works=[found.works for found in of_works],
        ai_works_low=[found.low for found in of_works],
        ai_works_high=[found.high for found in of_works],
        drift_works=[found.drift for found in of_works],
        drift_works_cited=drift.astype("Int64").max(axis="columns"),
        **works.astype("Int64"),
    )


def distinct_by_metro(metros: pd.DataFrame) -> pd.DataFrame:
    """The distinct works by metro_id, of a table that counted them work by work (SnapshotMetro)."""
    return metros.set_index("metro_id")[["ai_works", *QUALITY]]


def cited_of_world(world: pd.DataFrame) -> dict[str, int]:
    """The QUALITY works of the whole world, of WorldCounts."""
    return {name: int(world.iloc[0][name]) for name in QUALITY}


def metro_names(counted: pd.DataFrame) -> pd.DataFrame:
    """metro and country_code of the metros of ``counted`` (InstitutionResearch), by metro_id."""
    names = counted.groupby("metro_id").agg(metro=("metro", "first"))
    return names.assign(country_code=_main_country(counted))


def _main_country(counted: pd.DataFrame) -> pd.Series:
    """By metro_id; of countries with equally many works the first by its code."""
    works = counted.groupby(["metro_id", "country_code"])["ai_works"].sum().reset_index()
    works = works.sort_values(["ai_works", "country_code"], ascending=[False, True])
    return works.drop_duplicates("metro_id").set_index("metro_id")["country_code"]


def _points(counted: pd.DataFrame) -> pd.DataFrame:
    located = counted.dropna(subset=["lat", "lon"])
    weighted = (
        located[["lat", "lon"]].mul(located["ai_works"], axis="index").assign(weight=located["ai_works"])
    )
    sums = weighted.groupby(located["metro_id"]).sum()
    return sums[["lat", "lon"]].div(sums["weight"], axis="index")
