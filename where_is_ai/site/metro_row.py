"""A row of an edition's table of metros that knows its place; the table is read when more is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from where_is_ai.layers.layer import Layer
from where_is_ai.layers.published_table import PublishedTable, Row
from where_is_ai.site.outline import OF_PLACE, OutlinedRow


class MetroRow(Mapping[str, object]):
    """``key`` tells it from the table's others; ``history`` is what it says in the list of its metro's editions.

    ``residents`` are those of its area, where its table has them.
    """

    def __init__(self, table: PublishedTable, outlined: OutlinedRow, records: Callable[[str], Sequence[Row]]):
        self.key = outlined.key
        self.history = outlined.history
        self.residents = outlined.residents
        self._known = {table.place: outlined.place, table.names: outlined.name} | {
            name: value for name in OF_PLACE if (value := getattr(outlined, name)) is not None
        }
        self._unknown = set(OF_PLACE) - self._known.keys()
        self._table, self._at, self._records = table, outlined.at, records

    @property
    def whole(self) -> Row:
        return self._records(self._table.name)[self._at]

    def __getitem__(self, name: str) -> object:
        if name in self._unknown:
            raise KeyError(name)
        return self._known[name] if name in self._known else self.whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def outlined_row(layer: Layer, table: PublishedTable, at: int, key: str, row: Row) -> OutlinedRow:
    """The outline of the row ``at`` a position of a layer's table of metros."""
    followed = [name for name in layer.on_metro.history if name in table.columns()]
    return OutlinedRow(
        at,
        key,
        str(row[table.place]),
        str(row[table.names]),
        *(_plain(row.get(name)) for name in OF_PLACE),
        [*(table.text(name, row) for name in followed), layer.on_metro.rests_on(row)],
        _plain(row.get(table.residents)),
    )


def _plain(value: object) -> object:
    """None for NA; numbers as Python's."""
    if value is None or value != value or str(value) == "<NA>":
        return None
    return value.item() if hasattr(value, "item") else value
