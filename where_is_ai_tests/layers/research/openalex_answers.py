"""What OpenAlex answers to a query that it takes: its filters, groups, pages and shapes, over a made world."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit

from where_is_ai_tests.layers.research.made_world import Institution, Work, World

LIST_COST_USD = 0.0001
MOST_VALUES = 100
MOST_PER_PAGE = 100
GROUPS_BY_ITSELF = 200
INSTITUTION_FIELDS = ("id", "display_name", "type", "country_code", "geo", "lineage", "works_count")


class Refused(Exception):
    pass


class Answers:
    """Bodies of answers, by the parameters of a query; Refused with its reason where a rule forbids it."""

    def __init__(self, world: World):
        self.world = world

    def count(self, url: str) -> int:
        """The ``meta.count`` of a query, by its address."""
        return self._chosen(dict(parse_qsl(urlsplit(url).query))).bit_count()

    def institutions(self, parameters: dict[str, str]) -> dict:
        per_page = _number(parameters, "per_page", 25, MOST_PER_PAGE)
        (name, values), *more = _filters(parameters)
        if more or name not in ("openalex", "ids.openalex", "openalex_id"):
            raise Refused(f"{name} is not a valid field.")
        chosen = parameters.get("select", ",".join(INSTITUTION_FIELDS)).split(",")
        if unknown := [one for one in chosen if one not in INSTITUTION_FIELDS]:
            raise Refused(f"{unknown[0]} is not a valid select field.")
        gone = self.world.vanished | self.world.merged.keys()
        found = [
            self.world.by_id[value] for value in values if value in self.world.by_id and value not in gone
        ]
        results = [{one: self.object(each)[one] for one in chosen} for each in found[:per_page]]
        return {"meta": _meta(len(found), 1, per_page, None), "results": results, "group_by": []}

    def object(self, found: Institution) -> dict:
        geo = {
            "city": found.city,
            "geonames_city_id": found.geonames_city_id,
            "region": found.region,
            "country_code": found.country_code,
            "latitude": found.lat,
            "longitude": found.lon,
        }
        return {
            "id": _address(found.id),
            "display_name": found.name,
            "type": found.type,
            "country_code": found.country_code,
            "geo": geo,
            "lineage": [_address(found.id), *map(_address, found.parents)],
            "works_count": found.works_count
            if found.works_count is not None
            else self.world.of_institution.get(found.id, 0).bit_count(),
        }

    def works(self, parameters: dict[str, str]) -> dict:
        chosen = self._chosen(parameters)
        if "group_by" in parameters:
            return self._grouped(chosen, parameters)
        per_page = _number(parameters, "per_page", 25, MOST_PER_PAGE)
        results = [
            {"id": f"https://openalex.org/W{number}"} for number in _first_bits(chosen, min(per_page, 5))
        ]
        return {"meta": _meta(chosen.bit_count(), 1, per_page, None), "results": results, "group_by": []}

    def _grouped(self, chosen: int, parameters: dict[str, str]) -> dict:
        if parameters["group_by"] not in ("authorships.institutions.id", *GROUPED_BY):
            raise Refused(f"{parameters['group_by']} can't be grouped by here.")
        if "select" in parameters or "sample" in parameters:
            raise Refused("group_by can't be combined with select or sample.")
        if parameters.get("page", "1") != "1":
            raise Refused("Unable to page past the first page of groups. Use cursor paging.")
        per_page = _number(parameters, "per_page", GROUPS_BY_ITSELF, MOST_PER_PAGE)
        if key_of := GROUPED_BY.get(parameters["group_by"]):
            groups = self._counted(chosen, key_of)[:per_page]
            return {"meta": _meta(chosen.bit_count(), 1, per_page, len(groups)), "group_by": groups}
        if cursor := parameters.get("cursor"):
            return self._walked(chosen, per_page, cursor)
        groups = sorted(self._groups(chosen, self._keys), key=lambda group: -group["count"])[:per_page]
        return {"meta": _meta(chosen.bit_count(), 1, per_page, len(groups)), "group_by": groups}

    def _walked(self, chosen: int, per_page: int, cursor: str) -> dict:
        after = "" if cursor == "*" else json.loads(base64.b64decode(cursor))
        page = []
        for group in self._groups(chosen, (key for key in self._keys if key > after)):
            page.append(group)
            if len(page) == per_page:
                break
        last = page[-1]["key"].rsplit("/", 1)[-1] if page else None
        meta = _meta(chosen.bit_count(), None, per_page, len(page))
        meta["next_cursor"] = base64.b64encode(json.dumps(last).encode()).decode() if page else None
        return {"meta": meta, "group_by": page}

    def _counted(self, chosen: int, key_of: Callable[[Work], tuple[str, str]]) -> list[dict]:
        found = Counter(key_of(work) for number, work in enumerate(self.world.works) if chosen >> number & 1)
        return [
            {"key": key, "key_display_name": name, "count": count}
            for (key, name), count in found.most_common()
        ]

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.world.of_institution)

    def _groups(self, chosen: int, keys: Iterable[str]) -> Iterator[dict]:
        for key in keys:
            if count := (self.world.of_institution[key] & chosen).bit_count():
                name = self.world.by_id[key].name if key in self.world.by_id else key
                yield {"key": _address(key), "key_display_name": name, "count": count}

    def _chosen(self, parameters: dict[str, str]) -> int:
        corpus = parameters.get("corpus", "core")
        if corpus not in ("core", "expansion", "all"):
            raise Refused(f"{corpus} is not a valid corpus.")
        chosen = self._mask("corpus", (corpus,))
        for name, values in _filters(parameters):
            chosen &= self._mask(name, tuple(values))
        return chosen

    @cached_property
    def _masks(self) -> dict[tuple[str, tuple[str, ...]], int]:
        return {}

    def _mask(self, name: str, values: tuple[str, ...]) -> int:
        if name == "authorships.institutions.id":
            mask = 0
            for value in values:
                mask |= self.world.of_institution.get(value, 0)
            return mask
        if name not in _FIELDS:
            raise Refused(f"{name} is not a valid field.")
        if (name, values) not in self._masks:
            meant = _FIELDS[name]
            self._masks[name, values] = self.world.where(
                lambda work: any(meant(work, value) for value in values)
            )
        return self._masks[name, values]


_FIELDS: dict[str, Callable[[Work, str], bool]] = {
    "corpus": lambda work, value: value == "all" or work.core == (value == "core"),
    "is_retracted": lambda work, value: work.retracted == (value == "true"),
    "concepts.id": lambda work, value: value in work.concepts,
    "primary_topic.subfield.id": lambda work, value: work.subfield == value.removeprefix("subfields/"),
    "type": lambda work, value: work.type == value.removeprefix("types/"),
    "from_publication_date": lambda work, value: work.published.isoformat() >= value,
    "to_publication_date": lambda work, value: work.published.isoformat() <= value,
    "institutions_distinct_count": lambda work, value: len(work.institutions) == int(value),
    "citation_normalized_percentile.is_in_top_10_percent": lambda work, value: (
        (work.percentile is not None and work.percentile >= 0.9) == (value == "true")
    ),
    "citation_normalized_percentile.is_in_top_1_percent": lambda work, value: (
        (work.percentile is not None and work.percentile >= 0.99) == (value == "true")
    ),
}


GROUPED_BY: dict[str, Callable[[Work], tuple[str, str]]] = {
    "publication_year": lambda work: (str(work.published.year), str(work.published.year)),
    "primary_topic.id": lambda work: (_address(work.topic[0]), work.topic[1]),
}


def _filters(parameters: dict[str, str]) -> list[tuple[str, list[str]]]:
    """``a:1|2,b:3`` → [("a", ["1", "2"]), ("b", ["3"])]; more than 100 values are refused."""
    found = []
    for part in filter(None, parameters.get("filter", "").split(",")):
        name, _, values = part.partition(":")
        each = [value.removeprefix("https://openalex.org/") for value in values.split("|")]
        if len(each) > MOST_VALUES:
            raise Refused(
                f"Maximum number of values exceeded for {name}. Decrease values to {MOST_VALUES} or below."
            )
        found.append((name, each))
    return found


def _number(parameters: dict[str, str], name: str, otherwise: int, most: int) -> int:
    if name not in parameters:
        return otherwise
    number = int(parameters[name])
    if not 1 <= number <= most:
        raise Refused(f"{name} parameter must be between 1 and {most}.")
    return number


def _meta(count: int, page: int | None, per_page: int, groups: int | None) -> dict:
    return {
        "count": count,
        "db_response_time_ms": 13,
        "page": page,
        "per_page": per_page,
        "groups_count": groups,
        "cost_usd": LIST_COST_USD,
    }


def _address(name: str) -> str:
    return f"https://openalex.org/{name}"


def _first_bits(mask: int, count: int) -> Iterator[int]:
    while mask and count:
        lowest = mask & -mask
        yield lowest.bit_length()
        mask ^= lowest
        count -= 1
