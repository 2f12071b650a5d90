"""What a page need not show at once, packed: the same words many times become small. ``packing.js`` unpacks it."""

import base64
import gzip
import json


def as_json(content: object) -> str:
    """``content`` as JSON without spaces; the same text for the same content."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def packed(text: str) -> str:
    """A text, such as JSON, by gzip and base64."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def unpacked(text: str) -> str:
    """What ``packed`` was given."""
    return gzip.decompress(base64.b64decode(text)).decode()
