"""Posts that are no openings: talent pools and applications to nothing in particular."""

import re

# RE2 reads it too, so that feeds are held to it in SQL. What follows the words tells a pool from who looks after one.
PATTERN = (
    r"(?i)^\s*(?:(?:general|open|speculative|spontaneous|unsolicited|initiative) applications?"
    r"|(?:join )?(?:our |the )?talent (?:pool|community|network|pipeline|bank)"
    r"|(?:future|other|general) (?:opportunit(?:y|ies)|openings?|interest)"
    r"|expressions? of interest|don.?t see .*|no suitable .*|initiativbewerbung)"
    r"(?:\s*[-–—:(,|/]|\s+for\b|\s*$)"
    r"|[-–—:(|]\s*(?:talent (?:pool|community|network)|general application|future opportunit(?:y|ies))\W*$"
)
TROUBLE = "talent pool or general application"
_PROSPECT = re.compile(PATTERN)


def is_prospect(title: str) -> bool:
    """Whether a title says that there is no opening behind it: \"General Application - Machine Learning\"."""
    return _PROSPECT.search(title) is not None
