"""Where metros are: places, counties and points to metros, populations, the base map."""

from pathlib import Path

FOLDER = Path(__file__).parent
