"""Data that pages load when asked for them: scripts, since a page that is read from a disk can fetch nothing else."""

import json
import re

from where_is_ai.maps.packing import as_json, packed, unpacked

# What is shorter gains little by being packed, and stays readable.
LEAST_PACKED_BYTES = 500
_SCRIPT = re.compile(r'whereIsAI\.(?:data\((?P<plain>.*)\)|packed\("(?P<packed>[^"]*)"\));\n')


def data_script(value: object) -> str:
    """A script that gives ``value`` to the page that loads it, see ``load.js``."""
    return script_of(as_json(value))


def script_of(text: str) -> str:
    """The script of a value that is JSON already; no value can end it."""
    if len(text.encode()) < LEAST_PACKED_BYTES:
        unending = text.replace("<", "\\u003c")
        return f"whereIsAI.data({unending});\n"
    return f'whereIsAI.packed("{packed(text)}");\n'


def read_script(text: str) -> object:
    """The value that a script gives."""
    found = _SCRIPT.fullmatch(text)
    return json.loads(found["plain"] if found["plain"] is not None else unpacked(found["packed"]))
