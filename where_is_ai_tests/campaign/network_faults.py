"""What can go wrong between a source and the archive: small named faults, by kind."""

import base64
import gzip
import html
import json
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote, quote_plus

from where_is_ai_tests.campaign.answers import CONTACT, CSV, JSON, KEY, PASSWORD, ZIP, Wanted, zipped
from where_is_ai_tests.campaign.raw_server import Drip, Pause, Reset, Step, reply

# More than the campaign's limits allow, see network.py.
BOMB = bytes(40_000_000)


@dataclass(frozen=True)
class Fault:
    """``steps`` is how the source answers in its fault.

    Where it ``passes`` it answers well the next time. Where ``is_harmless`` the right answer is due in spite of it.
    """

    kind: str
    name: str
    wanted: Wanted
    steps: Callable[[Random], Sequence[Step]]
    passes: bool = False
    is_harmless: bool = False

    @property
    def must_be_right(self) -> bool:
        return self.passes or self.is_harmless


def faults() -> Iterator[Fault]:
    """All of them, each with a name of its own within its kind."""
    yield from _statuses()
    yield from _lengths()
    yield from _slow()
    yield from _broken_connections()
    yield from _redirects()
    yield from _other_content()
    yield from _bombs()
    yield from _media_types()
    yield from _echoes()
    yield from _garbled_heads()


def _always(*steps: Step) -> Callable[[Random], Sequence[Step]]:
    return lambda random: steps


def _statuses() -> Iterator[Fault]:
    page = b"<html><title>Service Unavailable</title></html>"
    for status in (204, 205, 300, 304, 305, 400, 401, 402, 403, 404, 405, 410, 418, 451, 501, 505, 599, 999):
        yield Fault("status", f"{status}", JSON, _always(reply(page, f"{status} No")))
    for status in (408, 425, 429, 500, 502, 503, 504):
        yield Fault("status", f"{status} lasts", ZIP, _always(reply(page, f"{status} No")))
        yield Fault("status", f"{status} passes", ZIP, _always(reply(page, f"{status} No")), passes=True)
    yield Fault("status", "part of it (206)", ZIP, lambda random: [reply(_cut(ZIP.good, random), "206 Part")])
    yield Fault("status", "error page of 20 MB", ZIP, _always(reply(b"<p>sorry</p>" * 1_700_000, "500 No")))
    for said in (
        "0",
        "soon",
        "-5",
        "²",
        "99999999999999999999999",
        "Thu, 99 Foo 2026",
        "Thu, 01 Jan 1970 00:00:00 -0000",
    ):
        headers = [f"Retry-After: {said}"]
        yield Fault("status", f"Retry-After {said}", ZIP, _always(reply(b"", "503 No", headers)))


def _lengths() -> Iterator[Fault]:
    for wanted, name in ((ZIP, "zip"), (JSON, "json"), (CSV, "csv")):
        length = len(wanted.good)

        def cut(random: Random, wanted: Wanted = wanted, length: int = length) -> list[Step]:
            return [reply(_cut(wanted.good, random), length=length)]

        yield Fault("length", f"{name} cut, for once", wanted, cut, passes=True)
        yield Fault("length", f"{name} cut, always", wanted, cut)
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % length
        half = wanted.good[: length // 2]
        yield Fault("length", f"{name} chunked and cut", wanted, _always(chunked + half))
        yield Fault("length", f"{name} chunked without end", wanted, _always(chunked + wanted.good + b"\r\n"))
        packed = gzip.compress(wanted.good)
        yield Fault(
            "length",
            f"{name} packed and cut",
            wanted,
            lambda random, packed=packed: [reply(_cut(packed, random), headers=["Content-Encoding: gzip"])],
        )
    for name, length in (
        ("too small", 50),
        ("none", 0),
        ("negative", -7),
        ("huge", 10**18),
        ("absurd", 10**30),
    ):
        yield Fault("length", f"zip says {name}", ZIP, _always(reply(ZIP.good, length=length)))
        yield Fault("length", f"json says {name}", JSON, _always(reply(JSON.good, length=length)))
    for said in ("many", "1e3", "0x10", "²", ""):
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {said}\r\nConnection: close\r\n\r\n".encode("latin-1")
        yield Fault("length", f"says {said!r}", ZIP, _always(head + ZIP.good))
    two = reply(ZIP.good, headers=["Content-Length: 3"])
    yield Fault("length", "says two", ZIP, _always(two))
    without = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    yield Fault("length", "says nothing", CSV, _always(without + CSV.good), is_harmless=True)
    yield Fault("length", "says nothing, zip cut", ZIP, lambda random: [without + _cut(ZIP.good, random)])
    yield Fault("length", "says nothing, json cut", JSON, lambda random: [without + _cut(JSON.good, random)])
    chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for name, chunk in (("no number", b"zz\r\n"), ("negative", b"-5\r\n"), ("huge", b"f" * 40 + b"\r\n")):
        yield Fault("length", f"chunk of {name}", ZIP, _always(chunks + chunk + ZIP.good))


def _slow() -> Iterator[Fault]:
    head = reply(length=len(ZIP.good))
    yield Fault("slow", "silence", ZIP, _always(Pause(3)))
    yield Fault("slow", "drip of the status line", ZIP, _always(Drip(b"HTTP/1.1 200 OK and so on" * 40)))
    yield Fault("slow", "drip of headers", ZIP, _always(b"HTTP/1.1 200 OK\r\n", Drip(b"X-A: b\r\n" * 90)))
    yield Fault("slow", "drip of the body", ZIP, _always(head, Drip(ZIP.good)))
    yield Fault(
        "slow", "drip of a body without length", CSV, _always(b"HTTP/1.1 200 OK\r\n\r\n", Drip(CSV.good))
    )
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield Fault("slow", "drip of chunks", CSV, _always(chunked, Drip(b"1\r\nC\r\n" * 400)))
    yield Fault("slow", "pause within the body", ZIP, _always(head + ZIP.good[:50], Pause(3), ZIP.good[50:]))
    yield Fault(
        "slow", "drip of an error page", ZIP, _always(reply(b"", "500 No", length=9999), Drip(b"<" * 9999))
    )
    yield Fault(
        "slow", "100 Continue for ever", ZIP, _always(Drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, 0.005))
    )
    yield Fault("slow", "a little", ZIP, _always(head, Pause(0.1), ZIP.good), is_harmless=True)


def _broken_connections() -> Iterator[Fault]:
    head = reply(length=len(ZIP.good))
    beginnings = {
        "before the answer": b"",
        "within the status line": b"HTTP/1.1 20",
        "within the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
        "before the body": head,
        "within the body": head + ZIP.good[: len(ZIP.good) // 2],
    }
    for name, sent in beginnings.items():
        for how, end in (("reset", [Reset()]), ("closed", [])):
            yield Fault("connection", f"{how} {name}, for once", ZIP, _always(sent, *end), passes=True)
            yield Fault("connection", f"{how} {name}, always", ZIP, _always(sent, *end))


def _redirects() -> Iterator[Fault]:
    bad = {
        "to http": "http://source.example/works",
        "to http elsewhere": "http://evil.example/works",
        "to a file": "file:///etc/passwd",
        "to ftp": "ftp://source.example/works",
        "to data": "data:application/json,{}",
        "to a script": "javascript:alert(1)",
        "with credentials": "https://user:pw@source.example/works",
        "with a name": "https://user@source.example/works",
        "elsewhere with the key": f"https://evil.example/works?api_key={quote(KEY, safe='')}",
        "elsewhere with the key in clear": f"https://evil.example/{KEY}",
        "elsewhere with the contact": f"https://evil.example/works?mailto={CONTACT}",
        "elsewhere with the contact, encoded": f"https://evil.example/works?mailto={quote(CONTACT)}",
        "elsewhere with the key in base64": f"https://evil.example/{base64.b64encode(KEY.encode()).decode()}",
        "elsewhere, under a like name": f"https://source.example.evil.example/?k={quote_plus(KEY)}",
        "to itself": "/works?filter=a:b",
        "nowhere": "",
        "to half an IPv6": "https://[::1",
        "to no port": "https://source.example:port/works",
        "to port 0": "https://source.example:0/works",
        "to a port too large": "https://source.example:99999/works",
        "to no host": "https:///works",
        "to a long address": f"https://source.example/{'a' * 60_000}",
        "to spaces": "https://source example/wor ks",
    }
    for status in (301, 307):
        for name, location in bad.items():
            yield Fault("redirect", f"{status} {name}", JSON, _always(_leading(location, status)))
    good = {
        "to another path": "/elsewhere",
        "to another path, whole": "https://source.example/elsewhere",
        "to another host": "https://other.example/elsewhere",
        "to another host, without scheme": "//other.example/elsewhere",
        "to another port": "https://source.example:8443/elsewhere",
        "with the key, at home": f"https://source.example/elsewhere?api_key={quote(KEY, safe='')}",
        "in capitals": "HTTPS://SOURCE.EXAMPLE/elsewhere",
    }
    for status in (301, 302, 303, 307, 308):
        for name, location in good.items():
            yield Fault(
                "redirect", f"{status} {name}", JSON, _always(_leading(location, status)), passes=True
            )

    cookie = reply(
        b"",
        "302 Moved",
        ["Location: https://other.example/a", f"Set-Cookie: k={quote(KEY, safe='')}; Path=/"],
    )
    yield Fault("redirect", "elsewhere with the key in a cookie", JSON, _always(cookie), passes=True)
    body = _leading("/elsewhere", 302).replace(b"Content-Length: 0", b"Content-Length: 9999")
    yield Fault("redirect", "with a body that drips", JSON, _always(body, Drip(b"a" * 9999)), passes=True)


def _other_content() -> Iterator[Fault]:
    page = b"<!DOCTYPE html><html><head><title>Access Denied</title></head></html>"
    everywhere = {
        "a page": page,
        "a page after a comment": b"<!-- edge 7 -->\n" + page,
        "a page after a byte order mark": b"\xef\xbb\xbf\n" + page,
        "a page in UTF-16": page.decode().encode("utf-16"),
        "half a page": b"<head><title>Sorry",
        "XML": b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>",
        "nothing": b"",
        "blanks": b" \r\n\r\n ",
        "an error": b'{"error": "Rate limit exceeded", "message": "Insufficient budget"}',
        "an error of parts": b'{"error": {"code": 500, "status": "INTERNAL"}}',
        "errors": b'{"errors": [{"message": "down"}]}',
        "a gzip": gzip.compress(CSV.good),
        "a PDF": b"%PDF-1.7 ...",
        "words": b"Service temporarily unavailable",
    }
    for name, body in everywhere.items():
        for kind, wanted in (("zip", ZIP), ("json", JSON), ("csv", CSV)):
            yield Fault("other content", f"{name} for {kind}", wanted, _always(reply(body)))
    for name, body in {
        "null": b"null",
        "a word": b'"down"',
        "a number": b"503",
        "a list": b"[]",
        "an object without its part": b'{"status": "ok"}',
        "a part of another kind": b'{"meta": "none"}',
        "NaN": b'{"meta": {"count": NaN}}',
        "nested too deeply": b'{"meta": ' + b"[" * 200_000,
        "no UTF-8": b'{"meta": {"a": "\xff\xfe"}}',
        "two answers": JSON.good * 2,
        "a longer answer": JSON.good + b"<!-- -->",
    }.items():
        yield Fault("other content", f"json: {name}", JSON, _always(reply(body)))
    for name, body in {
        "another zip": zipped({"readme.txt": b"moved"}),
        "no member": zipped({}),
        "a table": CSV.good,
        "a damaged member": ZIP.good.replace(b"oesm25ma", b"oesm26ma", 1),
    }.items():
        yield Fault("other content", f"zip: {name}", ZIP, _always(reply(body)))
    yield Fault("other content", "csv: a zip", CSV, _always(reply(ZIP.good)))
    yield Fault("other content", "csv: another table", CSV, _always(reply(b"a,b\n1,2\n")))

    def flipped(random: Random) -> list[Step]:
        body = bytearray(ZIP.good)
        body[random.randrange(60, len(body) - 200)] ^= 1 << random.randrange(8)
        return [reply(bytes(body))]

    yield Fault("other content", "zip: a flipped bit", ZIP, flipped)


def _bombs() -> Iterator[Fault]:
    workbook = zipped({"xl/sheet1.xml": BOMB})
    member = "oesm25ma/MSA_M2025_dl.xlsx"
    declared = zipped({member: BOMB})
    lying = bytearray(declared)
    struct.pack_into("<I", lying, 22, 1000)
    struct.pack_into("<I", lying, declared.rindex(b"PK\x01\x02") + 24, 1000)
    yield Fault("bomb", "zip that declares it", ZIP, _always(reply(declared)))
    yield Fault("bomb", "zip that lies", ZIP, _always(reply(bytes(lying))))
    yield Fault("bomb", "workbook within a zip", ZIP, _always(reply(zipped({member: workbook}))))
    parts = {f"{number}/MSA_M2025_dl.xlsx": BOMB[:4_000_000] for number in range(10)}
    yield Fault("bomb", "zip of many", ZIP, _always(reply(zipped(parts))))
    for name, wanted in (("json", JSON), ("csv", CSV)):
        for coding, packed in (("gzip", gzip.compress(BOMB)), ("deflate", zlib.compress(BOMB))):
            body = reply(packed, headers=[f"Content-Encoding: {coding}"])
            yield Fault("bomb", f"{name} as {coding}", wanted, _always(body))
    page = reply(gzip.compress(b"<title>" + BOMB), "403 No", ["Content-Encoding: gzip"])
    yield Fault("bomb", "error page", JSON, _always(page))
    endless = b"HTTP/1.1 200 OK\r\n\r\nCBSA,NAME\n" + b"10000,A\n" * 1_000_000
    yield Fault("bomb", "body beyond the limit", CSV, _always(endless))
    yield Fault("bomb", "length beyond the limit", CSV, _always(reply(CSV.good, length=6_000_000)))


def _media_types() -> Iterator[Fault]:
    for said in ("text/html", "text/plain; charset=utf-16", "application/octet-stream", "nonsense", ""):
        for kind, wanted in (("zip", ZIP), ("json", JSON), ("csv", CSV)):
            answer = reply(wanted.good, headers=[f"Content-Type: {said}"])
            yield Fault("media type", f"{kind} called {said!r}", wanted, _always(answer), is_harmless=True)
    packed = reply(gzip.compress(CSV.good), headers=["Content-Encoding: gzip"])
    yield Fault("media type", "packed on the way", CSV, _always(packed), is_harmless=True)
    for said in ("gzip", "deflate", "gzip, gzip"):
        plain = reply(CSV.good, headers=[f"Content-Encoding: {said}"])
        yield Fault("media type", f"said to be packed as {said!r} and is not", CSV, _always(plain))


_ECHOED: dict[str, Callable[[str], str]] = {
    "in clear": str,
    "as in an address": lambda text: quote(text, safe=""),
    "as in a query": quote_plus,
    "as in HTML": html.escape,
    "as in JSON": lambda text: json.dumps(text)[1:-1],
    "as numbers": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "in capitals": str.upper,
    "in base64": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
    "in hexadecimal": lambda text: text.encode().hex(),
    "with nothing between": lambda text: "\0".join(text),
}


def _echoes() -> Iterator[Fault]:
    for whose, secret in (("key", KEY), ("password", PASSWORD), ("contact", CONTACT)):
        for form, echo in _ECHOED.items():
            said = echo(secret)
            page = f"<html><title>No access with {said}</title></html>".encode()
            error = json.dumps({"error": "Invalid key", "message": f"{'so ' * 95}{said} is unknown"}).encode()
            name = f"{whose} {form}"
            yield Fault("echo", f"{name} in a page of status 403", JSON, _always(reply(page, "403 No")))
            yield Fault("echo", f"{name} in a page of status 200", JSON, _always(reply(page)))
            yield Fault("echo", f"{name} in an error of status 401", JSON, _always(reply(error, "401 No")))
            yield Fault("echo", f"{name} in an error of status 200", JSON, _always(reply(error)))
        yield Fault("echo", f"{whose} in the status line", JSON, _always(reply(b"", f"500 no {secret}")))
        # Such an answer is what was asked for: it may be kept, but not with the secret.
        mark = reply(JSON.good, headers=[f'ETag: "{secret}"', f"Last-Modified: {secret}"])
        yield Fault("echo", f"{whose} in the mark", JSON, _always(mark), is_harmless=True)
        mark = reply(CSV.good, headers=[f'ETag: "{secret}"', f"Last-Modified: {secret}"])
        yield Fault("echo", f"{whose} in the mark of a file", CSV, _always(mark), is_harmless=True)
        wait = reply(b"", "429 No", headers=[f"Retry-After: {secret}"])
        yield Fault("echo", f"{whose} in Retry-After", JSON, _always(wait))
    body = JSON.good.replace(b'"count"', json.dumps(KEY).encode() + b": 1, " + b'"count"')
    yield Fault("echo", "key in a good answer", JSON, _always(reply(body)))
    body = JSON.good.replace(
        b'"count"', json.dumps(f"?api_key={quote(KEY, safe='')}").encode() + b': 1, "count"'
    )
    yield Fault("echo", "key in an address in a good answer", JSON, _always(reply(body)))


def _garbled_heads() -> Iterator[Fault]:
    for name, head in {
        "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
        "TLS": b"\x15\x03\x01\x00\x02\x02\x28",
        "no status": b"HTTP/1.1 \r\n\r\n",
        "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
        "a status of four figures": b"HTTP/1.1 2000 OK\r\n\r\n",
        "another version": b"HTTP/9.9 200 OK\r\n\r\n",
        "a long status line": b"HTTP/1.1 200 " + b"a" * 70_000 + b"\r\n\r\n",
        "a long header": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 70_000 + b"\r\n\r\n",
        "many headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
        "headers without colons": b"HTTP/1.1 200 OK\r\nnonsense\r\n\xff\xfe\r\n\r\n",
        "nothing but line breaks": b"\r\n" * 50,
        "bytes of all kinds": bytes(range(256)) * 4,
    }.items():
        yield Fault("head", name, ZIP, _always(head))
    for name, mark in {"folded": "a\r\n b", "of letters": "W/é…\x07", "long": "e" * 5000}.items():
        answer = reply(CSV.good, headers=[f"ETag: {mark}", f"Last-Modified: {mark}"])
        yield Fault("head", f"mark {name}", CSV, _always(answer), is_harmless=True)
    for header in ("remaining-usd", "cost-usd", "reset"):
        for said in ("nan", "inf", "-1", "free", "1e400"):
            answer = reply(JSON.good, headers=[f"x-ratelimit-{header}: {said}"])
            yield Fault("head", f"x-ratelimit-{header}: {said}", JSON, _always(answer), is_harmless=True)


def _leading(location: str, status: int) -> bytes:
    return reply(b"", f"{status} Moved", [f"Location: {location}"])


def _cut(body: bytes, random: Random) -> bytes:
    return body[: random.randrange(1, len(body) - 1)]
