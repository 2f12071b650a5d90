"""Why a question of an edition has no answer."""

from datetime import UTC, date, datetime

from where_is_ai import layers
from where_is_ai.layers.layer import Page
from where_is_ai.outlook import expected, is_late
from where_is_ai.quarters import Quarter
from where_is_ai.reading import day, note
from where_is_ai.site.read import Published

NOT_MEASURED = "Not measured in this edition: nothing was received from its source for this quarter."


def not_measured(edition: Published, question: Page, today: date | None = None) -> str:
    """That its source comes later than the edition is first made, that it is overdue, or that nothing was archived."""
    layer = next((layer for layer in layers.LAYERS if question in layer.pages), None)
    if layer is None or not is_late(layer) or edition.is_sample:
        return NOT_MEASURED
    today = today or datetime.now(UTC).date()
    note(day(today))
    by = expected(layer, Quarter.parse(edition.quarter))
    if by >= today:
        state, then = f"is expected by {by:%-d %B %Y}", "a run after that adds it"
    else:
        state, then = f"was expected by {by:%-d %B %Y} and is overdue", "the run that finds it adds it"
    return f"Not measured in this edition yet: its source {state}, and {then}."
