"""What the layer says on the page of a metro."""

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.patents.notes import MADE_UP, METROS, SAYS_NOTHING
from where_is_ai.layers.patents.schema import MetroPatents
from where_is_ai.layers.phrases import day, known_lines


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row[name]) for name, each in columns_of(MetroPatents).items()}
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=text["ai_patents"],
        unit="AI patents granted in the quarter, by inventors' shares",
        lines=known_lines(
            SAYS_NOTHING if row.get("source") == MADE_UP else "",
            f"Rank {text['rank']} of {ranked}",
            f"{text['ai_patents_any']} have an inventor who lives here",
            f"{text['ai_share_pct']} % of all patents here",
            f"G06N as what is invented: {text['ai_patents_inventional']}; by the wider list {text['ai_patents_wide']}",
            "Grants lag filing by two to three years",
            "Homes of inventors, not offices of owners",
        ),
    )


def rests_on(row: Row) -> str:
    return f"release of {day(str(row['release']))}{'' if row['as_known'] else ', long after the quarter'}"


def in_short(row: Row) -> str:
    return f"{columns_of(MetroPatents)['ai_patents'].text(row['ai_patents'])} AI patents"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_patents", "ai_patents_any", "ai_share_pct", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No AI patent granted in the quarter has an inventor who lives here.",
    abroad="Abroad inventors are counted by the urban centre or city that they give, in the table of the "
    "world's metros.",
)
