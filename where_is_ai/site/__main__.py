"""Serve the published site on this machine alone: ``python -m where_is_ai.site [PORT]``."""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from where_is_ai.settings import read_settings

PORT = 8000


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of ``folder`` on 127.0.0.1; port 0 takes any that is free."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(SimpleHTTPRequestHandler, directory=str(folder)))


def main(words: list[str]) -> int:
    published = read_settings().published
    if not (published / "index.html").is_file():
        print(f"{published} holds no site. Make one with where-is-ai run.", file=sys.stderr)
        return 1
    with server(published, int(words[0]) if words else PORT) as serving:
        print(f"http://127.0.0.1:{serving.server_port}/ serves {published}. Ctrl+C ends it.", flush=True)
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
