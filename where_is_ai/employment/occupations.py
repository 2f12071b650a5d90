"""Which occupations (SOC codes) count as AI work. A proxy: it misses engineers who do AI as part of their job."""

import pandas as pd

from where_is_ai.employment.releases import Release, known_releases

TOTAL = "00-0000"
COMPUTER_AND_MATHEMATICAL = "15-0000"
RESEARCH_SCIENTISTS = "15-1221"
DATA_SCIENTISTS = "15-2051"
# Until May 2020 data scientists were published only within this wider occupation.
DATA_SCIENTISTS_AND_OTHERS = "15-2098"

TITLES = {
    RESEARCH_SCIENTISTS: "Computer and Information Research Scientists",
    DATA_SCIENTISTS: "Data Scientists",
    DATA_SCIENTISTS_AND_OTHERS: "Data Scientists and Mathematical Science Occupations, All Other",
}


def ai_occupations(release: Release) -> tuple[str, str]:
    """The two occupations whose sum is the AI workers of ``release``."""
    data = DATA_SCIENTISTS if release.reference_month >= "2021-05" else DATA_SCIENTISTS_AND_OTHERS
    return RESEARCH_SCIENTISTS, data


def ai_occupations_in(cells: pd.DataFrame) -> tuple[str, ...]:
    """The AI occupations that ``cells`` (OewsCells of one release) list, of their release."""
    listed = {release for release in known_releases() if release.reference_month in set(cells["release"])}
    return ai_occupations(max(listed)) if listed else ()
