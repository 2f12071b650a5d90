"""Permanent addresses of metros: made from their ids alone, so that none depends on which others there are."""

import hashlib
import re
import unicodedata

_CBSA = re.compile(r"\d{5}")
# File systems take names of up to 255 bytes; what is longer than this is told apart by a hash.
LONGEST = 80


def metro_slug(place: object) -> str:
    """The name of a metro's page, without ``.html``: ``us-35620`` for a CBSA by its code, ``cn-beijing``."""
    return slug(f"us/{place}" if _CBSA.fullmatch(str(place)) else str(place))


def slug(text: str) -> str:
    """``text`` in lower-case ASCII letters, digits and dashes; where letters had to go, a hash tells it apart."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    kept = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    plain = all(character.isascii() or not character.isalnum() for character in bare)
    if plain and 0 < len(kept) <= LONGEST:
        return kept
    return f"{kept[:LONGEST]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}".lstrip("-")
