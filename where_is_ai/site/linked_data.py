"""What search engines read of a page: schema.org's Dataset, as JSON-LD."""

import json
from collections.abc import Mapping, Sequence

from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.datapackage import LICENCES
from where_is_ai.site.citation import AUTHOR, Cited
from where_is_ai.site.frame import Frame
from where_is_ai.site.metros import Metro
from where_is_ai.site.read import Published

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CSV, PARQUET, JSON = "text/csv", "application/vnd.apache.parquet", "application/json"
ABOUT = (
    "Where AI actually happens, by metro, measured from primary sources. Measures are different things and are never "
    "added up; unknown is left empty and is never zero."
)


def edition_dataset(frame: Frame, edition: Published, cited: Cited, sources: Sequence[str]) -> str:
    """An edition with its tables as downloads; addresses are relative to its folder where the site's is not known."""
    folder = f"{frame.address}{edition.quarter}/" if frame.address else ""
    files = [
        (f"{name}.{ending}", kind, LICENCES[published_table(name).origin.licence].get("path", ""))
        for name in edition.tables
        for ending, kind in (("csv", CSV), ("parquet", PARQUET))
        if edition.has(f"{name}.{ending}")
    ]
    return _script(
        _dataset(cited, _sample(edition.is_sample), edition.newest_input)
        | {
            "temporalCoverage": _quarter(edition.quarter),
            "isBasedOn": sorted(set(sources)),
            "distribution": [_download(f"{folder}{name}", kind, licence) for name, kind, licence in files],
        }
    )


def metro_dataset(frame: Frame, metro: Metro, cited: Cited, measures: Sequence[str]) -> str:
    """A metro's measures with its place and its JSON and CSV."""
    folder = f"{frame.address}metros/" if frame.address else ""
    place: dict[str, object] = {"@type": "Place", "name": metro.name}
    if metro.lat is not None and metro.lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": metro.lat, "longitude": metro.lon}
    newest = max((rows[0].edition for rows in metro.rows.values()), key=lambda edition: edition.quarter)
    return _script(
        _dataset(cited, _sample(bool(metro.samples)), newest.newest_input)
        | {
            "temporalCoverage": _quarter(newest.quarter),
            "spatialCoverage": place,
            "variableMeasured": list(dict.fromkeys(measures)),
            "distribution": [
                _download(f"{folder}{metro.slug}.json", JSON),
                _download(f"{folder}{metro.slug}.csv", CSV),
            ],
        }
    )


def _dataset(cited: Cited, description: str, modified: str) -> dict[str, object]:
    given = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": cited.title,
        "description": description,
        "url": cited.address,
        "identifier": f"https://doi.org/{cited.doi}" if cited.doi else "",
        "version": cited.version,
        "dateModified": modified[:10],
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "citation": cited.apa,
    }
    return {name: value for name, value in given.items() if value != ""}


def _sample(is_sample: bool) -> str:
    return f"{ABOUT} A sample, rebuilt from published figures." if is_sample else ABOUT


def _quarter(quarter: str) -> str:
    """``2026-Q2`` as an interval of ISO 8601."""
    year, number = quarter.split("-Q")
    first = 3 * int(number) - 2
    last_day = {3: 31, 6: 30, 9: 30, 12: 31}[first + 2]
    return f"{year}-{first:02d}-01/{year}-{first + 2:02d}-{last_day}"


def _download(address: str, kind: str, licence: str = LICENCE) -> dict[str, str]:
    given = {"@type": "DataDownload", "contentUrl": address, "encodingFormat": kind}
    return given | ({"license": licence} if licence else {})


def _script(data: Mapping[str, object]) -> str:
    """JSON that cannot end the script that it stands in."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
