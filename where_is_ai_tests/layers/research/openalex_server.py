"""OpenAlex on a loopback socket: its rules, its refusals, its prices and its shapes, over a made world."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from where_is_ai_tests.layers.research.made_world import World
from where_is_ai_tests.layers.research.openalex_answers import LIST_COST_USD, Answers, Refused
from where_is_ai_tests.loopback import QuietServer

HOST = "api.openalex.org"
LONGEST_REQUEST_LINE = 8190
RESET_S = 39_950
KEYED_USD, KEYLESS_USD = 1.0, 0.1
KEYED_RATE, KEYLESS_RATE = 30, 10


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
        self.answers = Answers(world)
        self.key = key
        self.remaining_usd = remaining_usd if remaining_usd is not None else KEYED_USD if key else KEYLESS_USD
        self.latency_s = latency_s
        self.fault = fault
        self.rate = rate or (KEYED_RATE if key else KEYLESS_RATE)
        self.calls: list[Call] = []
        self.refused_for_rate = 0
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()
        self._server: QuietServer | None = None

    def __enter__(self) -> "OpenAlex":
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = QuietServer(("127.0.0.1", 0), Handler)
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
        # It knows group-by and per-page as group_by and per_page too.
        given = parse_qsl(parts.query, keep_blank_values=True)
        parameters = {name.replace("-", "_"): value for name, value in given}
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
        except Refused as refused:
            return Reply(400, {"error": "Invalid query parameters error.", "message": str(refused)}), 0.0

    def _priced(self, path: str, parameters: dict[str, str]) -> tuple[Reply, float]:
        if path.startswith("/institutions/"):
            return self._institution(path.removeprefix("/institutions/")), 0.0
        if path not in ("/works", "/institutions"):
            return Reply(404, {"error": "Not Found", "message": f"{path} is no entity."}), 0.0
        if self.remaining_usd < LIST_COST_USD - 1e-9:
            return Reply(429, _spent(self.remaining_usd), {"retry-after": str(RESET_S)}), 0.0
        answer = self.answers.works(parameters) if path == "/works" else self.answers.institutions(parameters)
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

    def _institution(self, name: str) -> Reply:
        if successor := self.world.merged.get(name):
            return Reply(301, b"", {"location": f"https://{HOST}/institutions/{successor}"})
        found = self.world.by_id.get(name)
        if found is None or name in self.world.vanished:
            return Reply(404, {"error": "Not Found", "message": f"No institution {name}."})
        return Reply(200, self.answers.object(found))

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


def _serve_other(handler: BaseHTTPRequestHandler) -> None:
    """No other source is to be had here."""
    handler.send_response(404)
    handler.send_header("content-length", "0")
    handler.end_headers()


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
