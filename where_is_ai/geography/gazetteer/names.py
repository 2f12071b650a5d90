"""Place names made comparable: ``St. Paul`` and ``Saint Paul``, ``Cañon City`` and ``Canon City`` are one name."""

import re
import unicodedata

_WHOLE_WORDS = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "n": "north",
    "s": "south",
    "afb": "air force base",
}


def key_of(name: str) -> str:
    """``name`` in lower case without accents or punctuation, its usual abbreviations written out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "").replace("’", "").replace(".", "")).split()
    return " ".join(_WHOLE_WORDS.get(word, word) for word in words)
