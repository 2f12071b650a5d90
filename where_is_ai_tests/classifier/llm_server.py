"""A loopback endpoint that speaks as OpenAI-compatible ones do, and as badly as a test wants."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from where_is_ai_tests.loopback import QuietServer

TOKENS_IN, TOKENS_OUT = 700, 12


@dataclass(frozen=True)
class Reply:
    """``content`` is what the model says; ``body`` replaces the whole answer."""

    content: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None
    finish_reason: str = "stop"
    body: bytes | None = None

    def bytes(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.status != 200:
            return json.dumps({"error": {"message": f"status {self.status}", "type": "error"}}).encode()
        message = {"role": "assistant", "content": self.content, "refusal": self.refusal}
        return json.dumps(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 0,
                "model": "made-up",
                "choices": [{"index": 0, "message": message, "finish_reason": self.finish_reason}],
                "usage": {
                    "prompt_tokens": TOKENS_IN,
                    "completion_tokens": TOKENS_OUT,
                    "total_tokens": TOKENS_IN + TOKENS_OUT,
                },
            }
        ).encode()


def says(ai_job: bool, probability: float) -> Reply:
    return Reply(json.dumps({"ai_job": ai_job, "probability": probability}))


class LanguageModel:
    """A context manager; ``reply`` gets the posting that is asked about and how often it was asked, from 1."""

    def __init__(self, reply: Callable[[dict, int], Reply]):
        self.requests: list[dict] = []
        self.keys: set[str] = set()
        self.most_at_once = 0
        self._reply, self._lock, self._at_once, self._asked = reply, threading.Lock(), 0, {}
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> "LanguageModel":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, path: str, headers, body: bytes) -> Reply:
        if path != "/v1/chat/completions":
            return Reply(status=404)
        request = json.loads(body)
        posting = json.loads(request["messages"][-1]["content"])
        with self._lock:
            self.requests.append(request)
            self.keys.add(headers["Authorization"])
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            key = json.dumps(posting)
            self._asked[key] = self._asked.get(key, 0) + 1
        try:
            return self._reply(posting, self._asked[key])
        finally:
            with self._lock:
                self._at_once -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                reply = model._answer(self.path, self.headers, body)
                written = reply.bytes()
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
