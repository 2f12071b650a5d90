"""OpenAlex on a loopback socket: its rules, its refusals, its prices and its shapes, over a made world."""

import base64
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from where_is_ai_tests.research.made_world import Institution, Work, World

HOST = "api.openalex.org"
LIST_COST_USD = 0.0001
MOST_VALUES = 100
MOST_GROUPS = 200
LONGEST_REQUEST_LINE = 8190
RESET_S = 39_950
KEYED_USD, KEYLESS_USD = 1.0, 0.1
KEYED_RATE, KEYLESS_RATE = 30, 10
_INSTITUTION_FIELDS = ("id", "display_name", "type", "country_code", "geo", "lineage", "works_count")


@dataclass(frozen=True)
class Reply:
    """What a fault answers in the place of the real answer."""

    status: int
    body: object
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    path: str
    parameters: dict[str, str]
    status: int
    cost_usd: float
    user_agent: str
    at: float

    @property
    def what(self) -> tuple[str, str]:
        """Two calls with the same ``what`` ask for the same thing."""
        parameters = {name: value for name, value in self.parameters.items() if name != "api_key"}
        return self.path, "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))


Fault = Callable[[int, str, dict[str, str]], Reply | None]


class OpenAlex:
    """The service. ``mirror`` is what WHERE_IS_AI_MIRROR must be to reach it.

    ``key`` is the one key that it knows; ``fault`` may answer the n-th call (from 1) in its place; ``rate`` is the
    number of calls it takes in any second, by default the enforced one.
    """

    def __init__(
        self,
        world: World,
        key: str = "",
        remaining_usd: float | None = None,
        latency_s: float = 0.0,
        fault: Fault | None = None,
        rate: float | None = None,
    ):
        self.world = world
        self.key = key
        self.remaining_usd = remaining_usd if remaining_usd is not None else KEYED_USD if key else KEYLESS_USD
        self.latency_s = latency_s
        self.fault = fault
        self.rate = rate or (KEYED_RATE if key else KEYLESS_RATE)
        self.calls: list[Call] = []
        self.refused_for_rate = 0
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> "OpenAlex":
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A client that was stopped halfway is no news here."""

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def mirror(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def count(self, url: str) -> int:
        """The ``meta.count`` that it would answer to ``url``, without being asked over the socket."""
        return self._chosen(dict(parse_qsl(urlsplit(url).query))).bit_count()

    @property
    def paid(self) -> list[tuple[str, str]]:
        """What was asked for and charged, in order."""
        return [call.what for call in self.calls if call.cost_usd]

    @property
    def spent_usd(self) -> float:
        return round(sum(call.cost_usd for call in self.calls), 4)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.latency_s:
            time.sleep(self.latency_s)
        parts = urlsplit(handler.path)
        path = parts.path.removeprefix(f"/{HOST}")
        if path == parts.path:
            return _serve_other(handler)
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        with self._lock:
            reply, cost = self._reply(handler.requestline, path, parameters)
            self.calls.append(
                Call(
                    path,
                    parameters,
                    reply.status,
                    cost,
                    handler.headers.get("User-Agent", ""),
                    time.monotonic(),
                )
            )
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        headers = {"content-type": "application/json"} | self._limits(cost) | reply.headers
        handler.send_response(reply.status)
        for name, value in ({"content-length": str(len(body))} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def _limits(self, cost: float) -> dict[str, str]:
        return {
            "x-ratelimit-cost-usd": f"{cost:.4f}".rstrip("0").rstrip(".") or "0",
            "x-ratelimit-limit-usd": str(KEYED_USD if self.key else KEYLESS_USD),
            "x-ratelimit-remaining-usd": f"{self.remaining_usd:.4f}",
            "x-ratelimit-reset": str(RESET_S),
        }

    def _reply(self, line: str, path: str, parameters: dict[str, str]) -> tuple[Reply, float]:
        if self.fault and (reply := self.fault(len(self.calls) + 1, path, parameters)):
            return reply, 0.0
        if len(line.encode()) > LONGEST_REQUEST_LINE:
            return Reply(400, b"<html><head><title>400 Bad Request</title></head></html>"), 0.0
        if (given := parameters.pop("api_key", "")) and given != self.key:
            return Reply(401, {"error": "Invalid or missing API key", "message": "API key not found"}), 0.0
        if not self._within_rate():
            return Reply(429, _too_fast(self.rate), {"retry-after": "1"}), 0.0
        if path == "/rate-limit":
            return Reply(200, self._rate_limit()), 0.0
        try:
            return self._priced(path, parameters)
        except _Refused as refused:
            return Reply(400, {"error": "Invalid query parameters error.", "message": str(refused)}), 0.0

    def _priced(self, path: str, parameters: dict[str, str]) -> tuple[Reply, float]:
        if path.startswith("/institutions/"):
            return self._institution(path.removeprefix("/institutions/")), 0.0
        if path not in ("/works", "/institutions"):
            return Reply(404, {"error": "Not Found", "message": f"{path} is no entity."}), 0.0
        if self.remaining_usd < LIST_COST_USD - 1e-9:
            return Reply(429, _spent(self.remaining_usd), {"retry-after": str(RESET_S)}), 0.0
        answer = self._works(parameters) if path == "/works" else self._institutions(parameters)
        self.remaining_usd = round(self.remaining_usd - LIST_COST_USD, 6)
        return Reply(200, answer), LIST_COST_USD

    def _within_rate(self) -> bool:
        now = time.monotonic()
        while self._recent and now - self._recent[0] > 1.0:
            self._recent.popleft()
        if len(self._recent) >= self.rate:
            self.refused_for_rate += 1
            return False
        self._recent.append(now)
        return True

    def _rate_limit(self) -> dict:
        limit = KEYED_USD if self.key else KEYLESS_USD
        return {
            "rate_limit": {
                "daily_budget_usd": limit,
                "daily_used_usd": round(limit - self.remaining_usd, 6),
                "daily_remaining_usd": self.remaining_usd,
                "resets_in_seconds": RESET_S,
            }
        }

    def _institution(self, name: str) -> Reply:
        if successor := self.world.merged.get(name):
            return Reply(301, b"", {"location": f"https://{HOST}/institutions/{successor}"})
        found = self.world.by_id.get(name)
        if found is None or name in self.world.vanished:
            return Reply(404, {"error": "Not Found", "message": f"No institution {name}."})
        return Reply(200, self._object(found))

    def _institutions(self, parameters: dict[str, str]) -> dict:
        per_page = _number(parameters, "per_page", 25, 200)
        (name, values), *more = _filters(parameters)
        if more or name not in ("openalex", "ids.openalex", "openalex_id"):
            raise _Refused(f"{name} is not a valid field.")
        chosen = parameters.get("select", ",".join(_INSTITUTION_FIELDS)).split(",")
        if unknown := [one for one in chosen if one not in _INSTITUTION_FIELDS]:
            raise _Refused(f"{unknown[0]} is not a valid select field.")
        gone = self.world.vanished | self.world.merged.keys()
        found = [
            self.world.by_id[value] for value in values if value in self.world.by_id and value not in gone
        ]
        results = [{one: self._object(each)[one] for one in chosen} for each in found[:per_page]]
        return {"meta": _meta(len(found), 1, per_page, None), "results": results, "group_by": []}

    def _object(self, found: Institution) -> dict:
        geo = {
            "city": found.city,
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

    def _works(self, parameters: dict[str, str]) -> dict:
        chosen = self._chosen(parameters)
        if "group_by" in parameters:
            return self._grouped(chosen, parameters)
        per_page = _number(parameters, "per_page", 25, 200)
        results = [
            {"id": f"https://openalex.org/W{number}"} for number in _first_bits(chosen, min(per_page, 5))
        ]
        return {"meta": _meta(chosen.bit_count(), 1, per_page, None), "results": results, "group_by": []}

    def _grouped(self, chosen: int, parameters: dict[str, str]) -> dict:
        if parameters["group_by"] != "authorships.institutions.id":
            raise _Refused(f"{parameters['group_by']} can't be grouped by here.")
        if "select" in parameters or "sample" in parameters:
            raise _Refused("group_by can't be combined with select or sample.")
        if parameters.get("page", "1") != "1":
            raise _Refused("Unable to page past the first page of groups. Use cursor paging.")
        per_page = _number(parameters, "per_page", MOST_GROUPS, MOST_GROUPS)
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

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.world.of_institution)

    def _groups(self, chosen: int, keys) -> Iterator[dict]:
        for key in keys:
            if count := (self.world.of_institution[key] & chosen).bit_count():
                name = self.world.by_id[key].name if key in self.world.by_id else key
                yield {"key": _address(key), "key_display_name": name, "count": count}

    def _chosen(self, parameters: dict[str, str]) -> int:
        corpus = parameters.get("corpus", "core")
        if corpus not in ("core", "expansion", "all"):
            raise _Refused(f"{corpus} is not a valid corpus.")
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
            raise _Refused(f"{name} is not a valid field.")
        if (name, values) not in self._masks:
            meant = _FIELDS[name]
            self._masks[name, values] = self.world.where(
                lambda work: any(meant(work, value) for value in values)
            )
        return self._masks[name, values]


class _Refused(Exception):
    pass


_FIELDS: dict[str, Callable[[Work, str], bool]] = {
    "corpus": lambda work, value: value == "all" or work.core == (value == "core"),
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


def _serve_other(handler: BaseHTTPRequestHandler) -> None:
    """No other source is to be had here."""
    handler.send_response(404)
    handler.send_header("content-length", "0")
    handler.end_headers()


def _filters(parameters: dict[str, str]) -> list[tuple[str, list[str]]]:
    """``a:1|2,b:3`` → [("a", ["1", "2"]), ("b", ["3"])]; more than 100 values are refused."""
    found = []
    for part in filter(None, parameters.get("filter", "").split(",")):
        name, _, values = part.partition(":")
        each = [value.removeprefix("https://openalex.org/") for value in values.split("|")]
        if len(each) > MOST_VALUES:
            raise _Refused(
                f"Maximum number of values exceeded for {name}. Decrease values to {MOST_VALUES} or below."
            )
        found.append((name, each))
    return found


def _number(parameters: dict[str, str], name: str, otherwise: int, most: int) -> int:
    number = int(parameters.get(name, otherwise))
    if not 1 <= number <= most:
        raise _Refused(f"{name} parameter must be between 1 and {most}.")
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


def _too_fast(rate: float) -> dict:
    return {
        "error": "Rate limit exceeded",
        "message": f"More than {rate} requests per second.",
        "retryAfter": 1,
    }


def _spent(remaining: float) -> dict:
    return {
        "error": "Rate limit exceeded",
        "message": f"Insufficient budget. This request costs ${LIST_COST_USD} but you only have ${remaining:.4f} "
        "remaining. Resets at midnight UTC.",
        "retryAfter": RESET_S,
    }
