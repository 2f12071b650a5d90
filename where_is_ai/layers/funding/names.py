"""Names of companies: whether one says AI, and whether two are the same but for their legal form."""

import re
import unicodedata

# What in a name says AI. AI by itself is a whole word, so that neither Thai nor A.I.G. is taken for it.
_SAYS = (
    (re.compile(r"\w\.ai\b"), ".ai"),
    (re.compile(r"(?<![\w&.])a\.?i(?!\.?\w|&)"), "AI"),
    (re.compile(r"\bartificial intelligence\b"), "artificial intelligence"),
    (re.compile(r"\b(?:machine|deep) learning\b"), "machine learning"),
    (re.compile(r"\bneural\b"), "neural"),
    (re.compile(r"\brobotics?\b"), "robotics"),
)
_SAYS_AT_LENGTH = tuple(
    each for each in _SAYS if each[1] in ("AI", "artificial intelligence", "machine learning")
)
INDUSTRIES = ("Other Technology", "Computers", "Telecommunications", "Biotechnology")
_FORMS = re.compile(
    r"(?:,|\s)+(?:incorporated|inc|corporation|corp|company|co|llc|l l c|ltd|limited|lp|l p|llp|pbc|plc|gmbh)\b[ .]*$"
)
_STATE_OF = re.compile(r"\s*/[a-z ]{2,}/?\s*$")


def says_ai(name: str) -> str | None:
    """The first that says AI in a company's name; None where nothing does."""
    return next((word for pattern, word in _SAYS if pattern.search(name.lower())), None)


def says_ai_at_length(text: str) -> str | None:
    """What in a longer text says AI: as in a name, but robots and neurons by themselves are not AI there."""
    lowered = " ".join(text.lower().split())
    return next((word for pattern, word in _SAYS_AT_LENGTH if pattern.search(lowered)), None)


def plain_name(name: str) -> str:
    """A name without case, accents, punctuation and legal form, to compare: ``Serve Robotics Inc. /DE/`` → ``serve
    robotics``.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = _STATE_OF.sub("", folded).replace("&", " and ").replace("'", "").replace("’", "")
    words = " ".join(re.sub(r"[^\w ]+", " ", folded).split())
    while (shorter := _FORMS.sub("", words)) != words:
        words = shorter
    return words


def same_company(one: str, other: str) -> bool:
    """Whether two names are the same but for case, punctuation and legal form."""
    return plain_name(one) == plain_name(other) != ""
