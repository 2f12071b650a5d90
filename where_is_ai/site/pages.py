"""The pages of an edition: those of the layers' questions, what lies beneath them, and whether all can be trusted."""

from where_is_ai import layers
from where_is_ai.layers.layer import Page, Trusted
from where_is_ai.publication import catalog
from where_is_ai.site.read import Published
from where_is_ai.site.trust import checked

TRUST = "trust"


def questions() -> tuple[Page, ...]:
    """The pages that the navigation leads to, in its order."""
    return tuple(page for page in pages() if not page.beneath)


def beneath(page: Page, edition: Published) -> list[Page]:
    """The pages of large tables that ``page`` leads to, as far as the edition has them."""
    return [each for each in pages() if each.beneath == page.slug and each.table in edition.tables]


def pages() -> tuple[Page, ...]:
    """Every page of an edition with a question."""
    shown = trusted()
    return (
        *catalog.pages(),
        Page(
            TRUST,
            "Can I trust it?",
            "Can I trust it?",
            map=shown.map if shown else "",
            table=shown.table if shown else "",
        ),
    )


def trusted() -> Trusted | None:
    """What the last page leads with: the first layer that has something to show of how whole it is."""
    return next((layer.trusted for layer in layers.LAYERS if layer.trusted), None)


def is_measured(edition: Published, page: Page) -> bool:
    """Whether the edition has what the page is about; “Can I trust it?” is about every edition."""
    return page.slug == TRUST or (page.table in edition.tables and layer_of(page) in edition.about.notes)


def heading(edition: Published, page: Page) -> str:
    """The page's question, with the two releases that it compares where it compares any."""
    two = compared(edition, page)
    return f"{page.question.removesuffix('?')} {two}?" if two else page.question


def compared(edition: Published, page: Page) -> str:
    """Which two releases the page sets side by side; "" where it does not."""
    rows = edition.tables.get(page.table)
    return page.between(rows) if page.between and rows is not None and len(rows) else ""


def layer_of(page: Page) -> str:
    """The name of the layer whose table the page shows; empty where there is none."""
    layer = catalog.layer_of(page.table)
    return layer.name if layer else ""


def lead(edition: Published, page: Page) -> str:
    """What the page leads with: its finding, or how far all can be trusted; empty where nothing was measured."""
    measured = page.table in edition.tables and layer_of(page) in edition.about.notes
    if page.slug == TRUST:
        whole = f"{trusted().lead(edition.tables[page.table])}." if measured else ""
        return f"{whole} {checked(edition.about.checks)}".strip()
    if page.lead:
        return page.lead(edition.tables[page.table]) if measured else ""
    return edition.findings[page.findings].lead if measured and page.findings in edition.findings else ""


def measured_in_words(edition: Published) -> str:
    """What an edition holds, for the list of editions."""
    counts = (
        (layer.title, len(edition.tables[layer.by_metro.name]))
        for layer in layers.LAYERS
        if layer.by_metro.name in edition.tables
    )
    return "; ".join(f"{title}: {metros:,} metros" for title, metros in counts) or "Nothing"
