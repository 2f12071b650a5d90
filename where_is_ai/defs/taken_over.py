"""What an earlier run made and nothing has changed since, so that a rerun makes only what did.

Dagster runs every step of a job. Here each result has a record beside it on the shelf: what it rests on (code, choices,
the results before it and whatever else its step read), each with a digest, and what was said of it. Where all of that
is as it was, the result is taken over, and what was said is told again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import dagster as dg

from where_is_ai import reading
from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.defs.present import CHOICES, CODE, Present
from where_is_ai.files import write_json
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SOURCES, Settings
from where_is_ai.shelf import Shelf

Assets = set[dg.AssetKey]


@dataclass(frozen=True)
class Record:
    """How one result came about: digests by the name of what it ``rests_on``, and of what was ``made``.

    ``run`` is the id of the run that said last what there is to say of it. ``left_out`` says why it is empty, where it
    is; ``warnings`` are by check.
    """

    rests_on: dict[str, str]
    made: str
    run: str
    left_out: str = ""
    warnings: dict[str, str] = field(default_factory=dict)


def runs_recorded(settings: Settings) -> set[str]:
    """The ids of the runs that said last what there is to say of a result, whatever its source."""
    shelves = {replace(settings, source=source).tables for source in SOURCES}
    records = (_read(path) for folder in shelves for path in Shelf(folder).records())
    return {record.run for record in records if record}


def _read(path: Path) -> Record | None:
    """The record in the file; None where there is none, or none that can be read."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class Records:
    """The records of what the assets of ``graph`` gave for ``quarter``."""

    def __init__(self, shelf: Shelf, quarter: Quarter, graph, present: Present):
        self._shelf = shelf
        self._quarter = quarter
        self._graph = graph
        self._present = present
        self.assets = [key for key in graph.toposorted_asset_keys if key in graph.executable_asset_keys]
        self._parents = {asset: graph.get(asset).parent_keys for asset in self.assets}
        self._compared = {asset: self._compared_with(asset) for asset in self.assets}

    def checks(self, asset: dg.AssetKey) -> set[dg.AssetCheckKey]:
        """Its checks that are of a quarter, as it is; what only the day changes is looked at in each run."""
        keys = self._graph.get(asset).check_keys & self._graph.asset_check_keys
        return {key for key in keys if self._graph.get(key).partitions_def == QUARTERS}

    def read(self, asset: dg.AssetKey) -> Record | None:
        """None where there is none, or none that can be read."""
        return _read(self._path(asset))

    def write(
        self, asset: dg.AssetKey, run: str, read: set[str], left_out: str, warnings: Mapping[str, str]
    ) -> None:
        """Record what the asset's result rests on, its ``run`` being over: ``read``, and what the graph says."""
        before = {self._name(each) for each in self._parents[asset] | self._compared[asset]}
        names = {CODE, CHOICES, *before, *read} - {self._name(asset)} | self._of_unknown_age(asset, read)
        rests_on = {name: self._present.of(name) for name in sorted(names)}
        record = Record(rests_on, self._made(asset), run, left_out, dict(warnings))
        write_json(self._path(asset), asdict(record))

    def forget(self, asset: dg.AssetKey) -> None:
        """Have no record of an asset whose step or check failed."""
        self._path(asset).unlink(missing_ok=True)

    def look_again(self) -> None:
        """Take nothing for as it was: a run may have changed it."""
        self._present.look_again()

    def changed(self) -> Assets:
        """The assets to be made again: what rests on something that changed, and all that follows from it.

        But for a changed archive, which need not change what is asked of it: those that ask are ``asking``.
        """
        changed = {asset for asset in self.assets if not self._is_as_recorded(asset, self.read(asset))}
        while more := {asset for asset in self.assets if self._follows_from(asset, changed)} - changed:
            changed |= more
        return changed

    def asking(self, live: bool) -> Assets:
        """The assets that ask the archive, where that changed since, or in a ``live`` run the sources."""
        return {asset for asset in self.assets if (record := self.read(asset)) and self._asks(record, live)}

    def stands(self, asset: dg.AssetKey, live: bool) -> bool:
        """Whether, of all that is there now, making it again would give what it gave: so it need not be made."""
        record = self.read(asset)
        return record is not None and not self._asks(record, live) and self._is_as_recorded(asset, record)

    def after(self, assets: Assets) -> Assets:
        """``assets`` and all that follows from them."""
        found = set(assets)
        while more := {each for each in self.assets if self._parents[each] & found} - found:
            found |= more
        return found

    def _before(self, asset: dg.AssetKey) -> Assets:
        """All that an asset is made from."""
        found: Assets = set()
        while more := {each for key in (asset, *found) for each in self._parents.get(key, ())} - found:
            found |= more
        return found

    def _asks(self, record: Record, live: bool) -> bool:
        asked = record.rests_on.get(reading.ARCHIVE)
        return asked is not None and (live or asked != self._present.of(reading.ARCHIVE))

    def _is_as_recorded(self, asset: dg.AssetKey, record: Record | None) -> bool:
        return (
            record is not None
            and record.made == self._made(asset)
            and all(
                self._present.of(name) == then
                for name, then in record.rests_on.items()
                if name != reading.ARCHIVE
            )
        )

    def _follows_from(self, asset: dg.AssetKey, changed: Assets) -> bool:
        """Whether it is made or checked by what changed, or by the same step."""
        together = self._graph.get(asset).execution_set_entity_keys
        return bool((self._parents[asset] | together | self._compared[asset]) & changed)

    def _compared_with(self, asset: dg.AssetKey) -> Assets:
        """The assets that its checks compare it with, but for those that are made from it."""
        keys = self._graph.get(asset).check_keys
        compared = {
            each
            for key in keys
            if key in self._graph.asset_check_keys
            for each in self._graph.get(key).parent_entity_keys
            if isinstance(each, dg.AssetKey)
        }
        return compared - self.after({asset}) if compared - {asset} else set()

    def _of_unknown_age(self, asset: dg.AssetKey, read: set[str]) -> set[str]:
        """UNSEEN where it read a result of this quarter that the graph does not make first: an old one, perhaps."""
        first = self._before(asset) | self._compared[asset] | self._graph.get(asset).execution_set_entity_keys
        others = {self._name(each) for each in set(self.assets) - first - {asset}}
        return {reading.UNSEEN} if others & read else set()

    def _made(self, asset: dg.AssetKey) -> str:
        """The digest of what it gave: on the shelf, or where it keeps nothing there, in what is published.

        Of a quarter that is its edition alone, so that the editions after it leave it as it was.
        """
        if self._shelf.kept(asset.path[-1], self._quarter):
            return self._present.of(self._name(asset))
        published = reading.edition(self._quarter) if self._is_of_a_quarter(asset) else reading.PUBLISHED
        return self._present.of(published)

    def _is_of_a_quarter(self, asset: dg.AssetKey) -> bool:
        """Or else of all quarters: then whichever run made it last has the record of it."""
        return self._graph.get(asset).partitions_def == QUARTERS

    def _name(self, asset: dg.AssetKey) -> str:
        return reading.result(asset.path[-1], self._quarter)

    def _path(self, asset: dg.AssetKey):
        return self._shelf.record(asset.path[-1], self._quarter if self._is_of_a_quarter(asset) else None)
