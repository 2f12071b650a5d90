"""What pictures say of AI workers by metro, in words; every number in them comes out of the table."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from where_is_ai.layers.employment.breaks import CAUTION
from where_is_ai.layers.employment.coverage import WHOLE, WORDS, is_lower_bound, lower_bounds
from where_is_ai.layers.employment.superlatives import count_title, share_title
from where_is_ai.layers.phrases import month
from where_is_ai.maps.cards import NOT_COMPARABLE, signed_pct
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded


def workers_text(row) -> str:
    """ "25,260", or "≥ 12,680" where the number is a lower bound."""
    return _at_least(row) + f"{row.ai_workers:,.0f}" if pd.notna(row.ai_workers) else "unknown"


def share_text(row) -> str:
    """ "7.3", or "≥ 6.7" where the number is a lower bound: per 1,000 jobs."""
    return _at_least(row) + f"{row.ai_per_1000:.1f}" if pd.notna(row.ai_per_1000) else "unknown"


def _at_least(row) -> str:
    return "≥ " if is_lower_bound(row.coverage) else ""


def map_title(metros: pd.DataFrame) -> str:
    """Who leads by count, and who by concentration where the bounds bear it."""
    said = [each for each in (count_title(metros), share_title(metros)) if each is not None]
    return "".join(map(worded, said)) or "No AI workers by metro are published"


def measure(about: EditionNotes) -> str:
    return f"AI workers: {about.method}, employed in US metro areas".replace("SOC ", "SOC\u00a0")


def releases_compared(rows: pd.DataFrame) -> str:
    """Which release is set beside which in rows of MetroChange; "" where they are not all of one pair."""
    pairs = rows[["release_before", "release_after"]].drop_duplicates()
    return f"from {month(pairs.iat[0, 0])} to {month(pairs.iat[0, 1])}" if len(pairs) == 1 else ""


def subtitle(about: EditionNotes) -> str:
    return f"{measure(about)}, {about.period}"


def caveat(metros: pd.DataFrame) -> str:
    """How many numbers are lower bounds and how many are unknown."""
    lower, unknown = int(lower_bounds(metros).sum()), int(metros["ai_workers"].isna().sum())
    text = f"{lower} of {len(metros)} metros are lower bounds (≥): BLS publishes only one of the two occupations."
    if unknown:
        text += f" {unknown} {'is' if unknown == 1 else 'are'} unknown, not zero: it publishes neither."
    return text


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    lines = [f"<b>{row.metro}</b>"]
    if pd.notna(row.ai_workers):
        lines.append(f"{workers_text(row)} AI workers ({_rank(row)})")
    lines += _bounds(row.ai_workers, row.ai_workers_low, row.ai_workers_high, "{:,.0f}", "AI workers")
    if pd.notna(row.ai_per_1000):
        lines.append(f"{share_text(row)} per 1,000 jobs (rank {row.rank_concentration})")
        lines += _bounds(
            row.ai_per_1000, row.ai_per_1000_low, row.ai_per_1000_high, "{:.1f}", "per 1,000 jobs"
        )
    return [*lines, WORDS[row.coverage], f"{about.source}, {about.period}"]


def _rank(row) -> str:
    """The rank, with its range over simulated sampling errors where the table has one."""
    low, high = getattr(row, "rank_low", pd.NA), getattr(row, "rank_high", pd.NA)
    if pd.isna(low) or pd.isna(high) or low == high:
        return f"rank {row.rank_workers}"
    return f"rank {row.rank_workers}, {low} to {high} within sampling error"


def _bounds(value, low, high, form: str, unit: str) -> list[str]:
    if pd.isna(low) or (pd.notna(high) and low == high):
        return []
    if pd.isna(high):
        said = pd.notna(value) and low == value  # by the "≥" of the value
        return [] if said else [f"at least {form.format(low)} {unit} allowing for sampling error"]
    return [f"between {form.format(low)} and {form.format(high)} {unit}"]


def card_title(metros: pd.DataFrame) -> str:
    """What share of the AI workers shown the first ten metros hold."""
    workers = metros["ai_workers"].dropna().sort_values(ascending=False)
    if len(workers) < 11 or workers.sum() == 0:
        return "America's top AI cities"
    share = workers.head(10).sum() / workers.sum()
    return (
        f"America's top 10 AI cities hold {share * 100:.0f}\u00a0% of the AI jobs that BLS publishes by metro"
    )


def card_caveat(metros: pd.DataFrame, shown: pd.DataFrame, cautions: Sequence[str] = ()) -> str:
    """What to know of the rows ``shown`` of ``metros``: bounds only where one is among them, then BLS's cautions."""
    noise = "Within noise: a change no larger than its 90 % margin and its rounding."
    said = [f"{noise} {caution}." for caution in cautions]
    return " ".join([caveat(metros), *said] if lower_bounds(shown).any() else said)


def change_texts(changes: pd.DataFrame) -> Mapping[str, str]:
    """What a card says of each comparable metro's change (MetroChange), by code: "+19 %, within noise"."""
    return {
        row.area_code: signed_pct(row.like_for_like_pct) + _beside_noise(row)
        for row in changes[changes["comparable"].astype(bool)].itertuples(index=False)
    }


def _beside_noise(row) -> str:
    if pd.isna(row.like_for_like_pct):
        return ""
    if pd.isna(row.exceeds_noise):
        return ", noise unknown"
    return "" if row.exceeds_noise else ", within noise"


def multiples_caveat(editions: int) -> str:
    """What bars, whiskers and blanks are, and, where releases stand side by side, BLS's own caution."""
    text = (
        "Bars with a broken outline are lower bounds (≥). Whiskers: the 90 % margin, BLS's or where it gives none "
        "that of like-sized cells of May 2022. No data: the release doesn't list an area of this code."
    )
    return f"{text} {CAUTION}." if editions > 1 else text


def signed(change: float) -> str:
    """ "+4,020", "−250", "no change", or nothing where it is unknown."""
    return "" if pd.isna(change) else "no change" if change == 0 else f"{change:+,.0f}".replace("-", "−")


def holds_among_all(changes: pd.DataFrame) -> pd.Series:
    """Which metros' changes (MetroChange) hold among as many comparisons."""
    return changes["comparable"].astype(bool) & changes["exceeds_noise_fdr10"].fillna(False).astype(bool)


def change_title(changes: pd.DataFrame) -> str:
    """Of how many metros a change can be told among as many comparisons, and in which direction."""
    change = changes.loc[holds_among_all(changes), "like_for_like_change"]
    gains, losses = int((change > 0).sum()), int((change < 0).sum())
    return (
        f"Of {int(changes['comparable'].sum())} comparable metros, {gains or 'none'} gained and {losses or 'none'} "
        "lost AI workers by changes that hold among all comparisons"
    )


def change_subtitle(changes: pd.DataFrame) -> str:
    before, after = (
        f"{date.fromisoformat(changes[release].iloc[0] + '-01'):%B %Y}"
        for release in ("release_before", "release_after")
    )
    return f"AI workers in the occupations published both for {before} and {after}"


def change_caveat(changes: pd.DataFrame) -> str:
    other = int((~changes["comparable"].astype(bool)).sum())
    return (
        f"{other} of {len(changes)} metros are not comparable: an occupation "
        f"is suppressed or shown in one release only, or the area was redrawn. {changes['caution'].iloc[0]}."
    )


def change_hover(row) -> list[str]:
    if not row.comparable:
        return [f"<b>{row.metro}</b>", NOT_COMPARABLE]
    change = signed(row.like_for_like_change)
    known = row.like_for_like_change and pd.notna(row.like_for_like_pct)
    pct = f" ({row.like_for_like_pct:+.1f} %)".replace("-", "−") if known else ""
    noise = [f"noise: ± {row.noise:,.0f}"] if pd.notna(row.noise) else []
    return [f"<b>{row.metro}</b>", f"AI workers: {change}{pct}", *noise]


def coverage_title(metros: pd.DataFrame) -> str:
    """For how many metros all occupations are published, for how many a part, for how many none."""
    whole, lower = int((metros["coverage"] == WHOLE).sum()), int(lower_bounds(metros).sum())
    unknown = len(metros) - whole - lower
    return (
        f"Of {len(metros)} metros, BLS publishes both AI occupations for {whole}, only one for {lower} and neither for "
        f"{unknown}"
    )
