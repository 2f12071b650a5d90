"""Key, contact and a mirror's password go to whom they are for, and nowhere else."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest

import where_is_ai
from where_is_ai.archive import download
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.archive.redirects import followed
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.settings import SETTINGS, Secrecy, Settings, read_settings
from where_is_ai_tests.archive.test_download import JSON, QUARTER, in_turn
from where_is_ai_tests.loopback import Answer, Loopback

KEY, CONTACT = "s3cr3t-key", "reader@example.org"


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


def live(folder: Path, mirror: str) -> Library:
    return open_library(Settings(folder, "live", CONTACT, mirror, {"OPENALEX_API_KEY": KEY}))


def leading(location: str) -> Answer:
    return Answer(status=302, headers={"Location": location})


def test_the_source_itself_is_followed_with_key_and_contact(tmp_path):
    with Loopback(in_turn(leading("/works/moved"), Answer(b"{}"))) as server:
        live(tmp_path, server.url).get(JSON, QUARTER)
    assert server.asked[1].path == f"/api.example.org/works/moved?api_key={KEY}"
    assert CONTACT in server.asked[1].headers["User-Agent"]


def test_another_host_learns_neither_key_nor_contact(tmp_path):
    with Loopback(in_turn(leading("https://cdn.example.org/works"), Answer(b"{}"))) as server:
        live(tmp_path, server.url).get(JSON, QUARTER)
    assert server.asked[1].path == "/cdn.example.org/works"
    assert server.asked[1].headers["User-Agent"].startswith("where-is-ai/")
    assert CONTACT not in str(server.asked[1].headers)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://api.example.org/works", "from https to http"),
        ("http://cdn.example.org/works", "from https to http"),
        ("file:///etc/passwd", "to file: address"),
        ("ftp://api.example.org/works", "to ftp: address"),
        ("https://user:pw@api.example.org/works", "name or password"),
        ("https://[::1", "no address"),
        (f"https://cdn.example.org/?k={KEY}", "hand it the key"),
        (f"https://cdn.example.org/?mailto={CONTACT.replace('@', '%40')}", "hand it the key or the contact"),
    ],
)
def test_no_redirect_leads_into_the_clear_or_to_a_file(tmp_path, location, reason):
    with Loopback(in_turn(leading(location))) as server:
        with pytest.raises(BadUpstream, match=reason) as refused:
            live(tmp_path, server.url).get(JSON, QUARTER)
        assert len(server.asked) == 1
    assert KEY not in str(refused.value)


def test_a_source_without_tls_may_lead_to_one_with():
    plain = replace(JSON, url="http://api.example.org/works")
    assert followed(plain.url, "https://api.example.org/works", plain) == "https://api.example.org/works"


def test_a_mirrors_password_goes_to_the_mirror_and_into_no_message(tmp_path):
    with Loopback(in_turn(Answer(b"{}"), Answer(b"<title>user:p@ss word</title>", 403))) as server:
        mirror = server.url.replace("://", "://user:p%40ss%20word@")
        library = live(tmp_path, mirror)
        library.get(JSON, QUARTER)
        with pytest.raises(BadUpstream) as refused:
            library.get(JSON, QUARTER)
    authorization = base64.b64encode(b"user:p@ss word").decode()
    assert server.asked[0].headers["Authorization"] == f"Basic {authorization}"
    assert "ss word" not in str(refused.value)
    assert "p%40ss" not in repr(Settings(mirror=mirror)) + Settings(mirror=mirror).recordable_mirror


def test_nobody_else_is_told_what_a_netrc_holds(tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password hidden\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with Loopback(in_turn(Answer(b"{}"))) as server:
        live(tmp_path, server.url).get(JSON, QUARTER)
    assert "Authorization" not in server.asked[0].headers


def test_an_answer_that_holds_the_key_is_not_archived(tmp_path):
    with Loopback(in_turn(Answer(b'{"meta": {"asked": "works?api_key=%s"}}' % KEY.encode()))) as server:
        library = live(tmp_path, server.url)
        with pytest.raises(BadUpstream, match="not archived") as refused:
            library.get(JSON, QUARTER)
    assert library.archive.versions(JSON.url) == []
    assert KEY not in str(refused.value)


def test_a_run_records_neither_contact_nor_password_and_still_has_them():
    own = Settings(contact=CONTACT, mirror="http://user:pw@mirror.example:8080/base")
    assert own.recordable_mirror == "http://mirror.example:8080/base"
    chosen = own.chosen("live", own.recordable_mirror)
    assert (chosen.source, chosen.contact, chosen.mirror) == ("live", CONTACT, own.mirror)
    assert own.chosen("archive", "/srv/mirror").mirror == "/srv/mirror"
    assert own.chosen("archive", "").mirror == ""
    with pytest.raises(UsageError, match="password"):
        own.chosen("live", "http://user:other@mirror.example")


def test_all_that_the_table_calls_secret_is_read_as_such_and_redacted(tmp_path):
    secret = {
        setting.name: f"{setting.name}-s3cr3t" for setting in SETTINGS if setting.secrecy is Secrecy.SECRET
    }
    addresses = {
        setting.name: f"http://user:{setting.name}-pw@host.example"
        for setting in SETTINGS
        if setting.secrecy is Secrecy.ADDRESS
    }
    settings = read_settings(secret | addresses, tmp_path / "missing.env")
    said = settings.redact(" ".join([*secret.values(), *addresses.values()]))
    assert "s3cr3t" not in said
    assert "-pw" not in said
    assert said.count("host.example") == len(addresses)
    assert not any(value in repr(settings) for value in (*secret.values(), *addresses.values()))


def test_the_table_names_every_setting_that_the_code_knows():
    sources = Path(where_is_ai.__file__).parent.rglob("*.py")
    named = {name for path in sources for name in re.findall(r"WHERE_IS_AI_[A-Z_]*[A-Z]\b", path.read_text())}
    assert named <= {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    "mirror",
    [
        "ftp://mirror.example",
        "http://",
        "http://host:port",
        "http://host/?q",
        "http://host/#a",
        "file:///srv",
        "http://[::1",
    ],
)
def test_a_mirror_that_is_neither_folder_nor_address_is_refused(mirror):
    with pytest.raises(UsageError, match="WHERE_IS_AI_MIRROR"):
        Settings(mirror=mirror)
