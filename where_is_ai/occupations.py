"""Which occupations (SOC codes) count as AI work. A proxy: it misses engineers who do AI as part of their job."""

import pandas as pd

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


def ai_occupations(reference_month: str) -> tuple[str, str]:
    """The two occupations whose sum is the AI workers of the OEWS release of ``reference_month`` (``2025-05``)."""
    data = DATA_SCIENTISTS if reference_month >= "2021-05" else DATA_SCIENTISTS_AND_OTHERS
    return RESEARCH_SCIENTISTS, data


def ai_occupations_in(cells: pd.DataFrame) -> tuple[str, ...]:
    """The AI occupations of the latest release that ``cells`` (OewsCells) are of; none where there is no cell."""
    return ai_occupations(cells["release"].max()) if len(cells) else ()
