"""What a reader may choose of a page's map, and the data of it that the page loads when it is asked for."""

from collections.abc import Collection, Mapping, Sequence

from where_is_ai.geography.crosswalk import successor_of
from where_is_ai.layers.layer import Page
from where_is_ai.publication.area_measures import MeasuredAreas
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.map_measures import MeasuredMap, when
from where_is_ai.publication.map_values import values_of
from where_is_ai.quarters import Quarter
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.figures import FOLDER, MapDrawings
from where_is_ai.site.pages import layer_of
from where_is_ai.site.read import Published
from where_is_ai.site.writing import write


def map_choices(edition: Published, page: Page, drawn: MapDrawings, editions: Sequence[Published]) -> dict:
    """What the page's map offers: ``names`` at first, ``measures`` and ``times``, and the ``legend`` that is a filter.

    Writes the data of measures and times beside the map. Where there is but one of either, none is offered.
    """
    measured = _measured(edition, page, drawn)
    if measured is None or not measured.measures:
        return {
            "names": drawn.names, "legend": drawn.legend, "measures": [], "times": [], "own": edition.quarter,
        }  # fmt: skip
    times = _releases(measured, edition) or _editions(page, edition, editions)
    _write_data(measured, edition, drawn)
    offered = [{"name": each.name, "title": each.title} for each in measured.measures]
    shown = [each for each in times if each["src"]]
    return {
        "names": drawn.names,
        "legend": drawn.legend,
        "measures": offered,
        "times": times if len(shown) > 1 else [],
        "own": next((each["key"] for each in times if each["own"]), edition.quarter),
    }


def _measured(edition: Published, page: Page, drawn: MapDrawings) -> MeasuredMap | None:
    """The map with its measures; None where it was drawn by an earlier version, or declares none."""
    notes = edition.about.notes.get(layer_of(page))
    if not page.measures or not drawn.rooms or notes is None:
        return None
    if drawn.has_areas:
        return MeasuredAreas(page, "usa", notes, drawn.rooms, edition.tables, drawn.keys)
    return MeasuredMap(page, drawn.planes[0], notes, drawn.rooms, edition.tables)


def _releases(measured: MeasuredMap, edition: Published) -> list[dict]:
    """The releases that the edition's own tables have, oldest first, and those between them that they haven't."""
    declared, page = measured.page.releases, measured.page
    if not declared or declared.table not in edition.tables:
        return []
    rows, own = edition.tables[declared.table], _own_period(page, edition)
    there = set(rows[declared.period].astype("str"))
    return [
        _time(
            moment.period,
            moment.label,
            moment.at,
            moment.broken,
            _values(page) if moment.period == own else _of_releases(page) if moment.period in there else "",
            edition.quarter if moment.period == own else moment.period,
            moment.period == own,
        )
        for moment in declared.moments(rows)
    ]


def _editions(page: Page, edition: Published, editions: Sequence[Published]) -> list[dict]:
    """The editions up to this one that have the map's table, oldest first, and the quarters between them."""
    known = {
        each.quarter: each
        for each in editions
        if each.quarter <= edition.quarter and page.table in each.measured and layer_of(page) in each.bases
    }
    if not known:
        return []
    times, before = [], ""
    quarter, last = Quarter.parse(min(known)), Quarter.parse(edition.quarter)
    while quarter <= last:
        name = str(quarter)
        own = name == edition.quarter
        src = "" if name not in known else _values(page) if own else f"../{name}/{_values(page)}"
        basis = known[name].bases[layer_of(page)] if name in known else before
        broken = "made on another basis" if times and basis != before else ""
        at = quarter.first_day_in_years
        times.append(_time(name, name, at, broken, src, name, own))
        before, quarter = basis, quarter.next
    return times


def _time(name: str, label: str, at: float, broken: str, src: str, key: str, own: bool) -> dict:
    """A stop of the slider: where its values are (``src``, "" for missing) and under which ``key``."""
    return {
        "name": name,
        "label": label,
        "at": round(at, 3),
        "broken": broken,
        "src": src,
        "key": key,
        "own": own,
    }


def _looks(page: Page) -> str:
    return f"{FOLDER}/{page.map}-looks.js"


def _values(page: Page) -> str:
    return f"{FOLDER}/{page.map}-values.js"


def _of_releases(page: Page) -> str:
    return f"{FOLDER}/{page.map}-releases.js"


def _write_data(measured: MeasuredMap, edition: Published, drawn: MapDrawings) -> None:
    """Write how measures look, what the edition says, and what each release says."""
    page = measured.page
    own = {edition.quarter: measured.values() | {"when": when(measured.notes)}}
    write(edition.folder / _values(page), _script(own, drawn))
    if others := _said_in_releases(measured, edition):
        write(edition.folder / _of_releases(page), _script(others, drawn))
    write(edition.folder / _looks(page), data_script(measured.looks()))


def _script(said: Mapping[str, dict], drawn: MapDrawings) -> str:
    """What each key says; what drawn circles are called, the page knows."""
    known = set(drawn.keys)
    return data_script(
        {key: each | _successors(each["names"]) | _named(each["names"], known) for key, each in said.items()}
    )


def _successors(names: Mapping[str, str]) -> dict:
    """Where areas of another delineation are to be seen: at the area that took their place, by id."""
    after = {key: successor_of(key, name) for key, name in names.items()}
    return {"at": {key: place for key, place in after.items() if place != key}}


def _named(names: Mapping[str, str], known: Collection[str]) -> dict:
    return {"names": {key: name for key, name in names.items() if key not in known}}


def _said_in_releases(measured: MeasuredMap, edition: Published) -> dict[str, dict]:
    """What the releases besides the edition's own say, by period."""
    releases = measured.page.releases
    if not releases or releases.table not in edition.tables:
        return {}
    table, rows = published_table(releases.table), edition.tables[releases.table]
    periods, own = rows[releases.period].astype("str"), _own_period(measured.page, edition)
    return {
        moment.period: values_of(rows[periods == moment.period], table, measured.measures)
        | {"when": f"{moment.label} · edition {edition.quarter}"}
        for moment in releases.moments(rows)
        if moment.period != own and (periods == moment.period).any()
    }


def _own_period(page: Page, edition: Published) -> str:
    """The period that the page's map is of as it is drawn, as releases write it."""
    table = published_table(page.table)
    return str(edition.tables[page.table][table.period].iloc[0]) if table.period else edition.quarter
