"""Where each data centre is: by its address, and then in which metro of the world it counts."""

import pandas as pd

from where_is_ai.geography.abroad import CBSA, metros_abroad
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.places import locate
from where_is_ai.layers.compute.addresses import USA, AddressReader

_READ = ("placed", "country_code", "place", "area_code")


class SitePlaces:
    """Places sites: in the USA by CbsaCounties, ZipCounties and CbsaPlaces, abroad by ``centres`` if there are any."""

    def __init__(
        self, counties: pd.DataFrame, zips: pd.DataFrame, places: pd.DataFrame, centres: Areas | None = None
    ):
        self._reader = AddressReader(counties, zips)
        self._places = places
        self._centres = centres

    def place(self, sites: pd.DataFrame) -> pd.DataFrame:
        """The columns of schema.Place and schema.InMetro for ``sites`` (address, country), indexed as they are."""
        read = [
            self._reader.read(row.address, row.country) for row in sites[["address", "country"]].itertuples()
        ]
        rows = pd.DataFrame({name: [getattr(each, name) for each in read] for name in _READ}, sites.index)
        here = rows.loc[rows["placed"] == "metro", ["country_code", "area_code"]]
        cities = rows.loc[rows["placed"] == "city", ["country_code", "place"]]
        abroad = metros_abroad(cities.rename(columns={"place": "city"}), self._centres)
        return rows.join(pd.concat([self._cbsas(here), abroad]).reindex(sites.index))

    def _cbsas(self, rows: pd.DataFrame) -> pd.DataFrame:
        metro = rows["area_code"].map(self._places.set_index("area_code")["name"])
        found = rows.assign(metro_id=f"{USA}/" + rows["area_code"], metro=metro, geography=CBSA)
        return found[["metro_id", "metro", "geography"]].join(locate(found, self._places))
