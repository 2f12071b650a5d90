"""What the layer says on the page of a metro."""

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.patents.notes import COUNTRIES, MADE_UP, METROS, SAYS_NOTHING, WORLD
from where_is_ai.layers.patents.schema import DECIMALS, MetroPatents, WorldPatents
from where_is_ai.layers.phrases import changed, day, known_lines, number

MODELS = {METROS: MetroPatents, WORLD: WorldPatents}


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    table = METROS if "area_code" in row else WORLD
    text = {name: each.text(row.get(name)) for name, each in columns_of(MODELS[table]).items()}
    ranked = int(edition.tables[table]["rank"].notna().sum())
    return Slice(
        value=text["ai_patents"],
        unit="AI patents granted in the quarter, by inventors' shares",
        lines=known_lines(
            SAYS_NOTHING if row.get("source") == MADE_UP else "",
            f"Rank {text['rank']} of {ranked}{' of the world' * (table == WORLD)}",
            f"{text['ai_patents_any']} {'has' if row['ai_patents_any'] == 1 else 'have'} an inventor who lives here",
            f"{text['ai_share_pct']} % of all patents here",
            f"G06N as what is invented: {text['ai_patents_inventional']}; by the wider list {text['ai_patents_wide']}",
            "Patents of the USA alone, which inventors abroad seek less" * (table == WORLD),
            "Grants lag filing by two to three years",
            "Homes of inventors, not offices of owners",
        ),
    )


def rests_on(row: Row) -> str:
    return f"release of {day(str(row['release']))}{'' if row['as_known'] else ', long after the quarter'}"


def in_short(row: Row) -> str:
    return f"{columns_of(MetroPatents)['ai_patents'].text(row['ai_patents'])} AI patents"


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """The same patents by inventors in the whole country, in metros or not."""
    found = next(iter(edition.rows_by(COUNTRIES, "country_code").get(country, ())), None)
    if found is None:
        return {}
    return {
        name: National(number(found.get(name)), note="by inventors anywhere in the country")
        for name in ("ai_patents", "ai_patents_any", "ai_share_pct")
    }


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:
    """What two editions say, and that nothing tells it from chance; "" without an earlier one."""
    if earlier is None:
        return ""
    if earlier.row.get("source") != row.get("source"):
        return (
            f"AI patents can't be compared between {earlier.quarter} and {edition.quarter}: made-up ones are "
            "compared with no others."
        )
    by = round(float(row["ai_patents"]) - float(earlier.row["ai_patents"]), DECIMALS)
    said = changed("AI patents granted", earlier.quarter, edition.quarter, by, f"{abs(by):,.{DECIMALS}f}")
    return (
        f"{said}: grants are counted, not sampled, and no error is given, so that nobody can tell it from the pace "
        "at which the office grants and classifies."
    )


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_patents", "ai_patents_any", "ai_share_pct", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No AI patent granted in the quarter has an inventor who lives here.",
    abroad="No AI patent of the USA granted in the quarter has an inventor who lives here.",
    table_abroad=WORLD,
    nation=nation,
    change=change,
)
