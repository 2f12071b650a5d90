"""``where-is-ai publish --to s3://…``: data first, the front page last, against a real S3 server on this machine."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from where_is_ai import cli
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.site.upload import MANIFEST, Store, is_address

QUARTERS = ("2026-Q1", "2026-Q2")
SECRET = "s-0123456789-secret"


@pytest.fixture(scope="module")
def endpoint():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch):
    """A bucket of its own, and keys for it in the environment as AWS's own tools read them."""
    import boto3
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket(uuid4().hex)
    bucket.create()
    return bucket


def kept(bucket) -> dict[str, bytes]:
    return {each.key: each.get()["Body"].read() for each in bucket.objects.all()}


@pytest.fixture
def site(tmp_path) -> Path:
    """A folder like that of a published site."""
    folder = tmp_path / "site"
    for path in (
        "index.html",
        "feed.xml",
        "2026-Q2/index.html",
        "2026-Q2/usa.csv",
        "2026-Q2/maps/usa.js",
        DATABASE,
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"This is {path}.")
    (folder / ".publishing").write_text("A lock.")
    return folder


@pytest.mark.slow
def test_data_come_before_the_pages_that_lead_to_them_and_the_front_page_last(bucket, site, monkeypatch):
    store, sent = Store.at(f"s3://{bucket.name}/ai"), []
    put = store.files.put_file
    monkeypatch.setattr(store.files, "put_file", lambda here, there: (sent.append(there), put(here, there)))
    assert store.send(site) == 6
    names = [path.removeprefix(f"{bucket.name}/ai/") for path in sent]
    assert set(names[:3]) == {"2026-Q2/usa.csv", "2026-Q2/maps/usa.js", DATABASE}
    assert names[3:] == ["feed.xml", "2026-Q2/index.html", "index.html"]
    assert kept(bucket)["ai/2026-Q2/usa.csv"] == b"This is 2026-Q2/usa.csv."
    assert bucket.Object("ai/index.html").content_type == "text/html"


@pytest.mark.slow
def test_only_what_changed_is_sent_and_what_is_gone_is_removed_but_nothing_of_others(bucket, site):
    store = Store.at(f"s3://{bucket.name}")
    store.send(site)
    bucket.put_object(Key="robots.txt", Body=b"of somebody else")
    (site / "2026-Q2/usa.csv").write_text("Corrected.")
    (site / "2026-Q2/maps/usa.js").unlink()
    assert Store.at(f"s3://{bucket.name}").send(site) == 1
    there = kept(bucket)
    assert there["2026-Q2/usa.csv"] == b"Corrected."
    assert "2026-Q2/maps/usa.js" not in there
    assert there["robots.txt"] == b"of somebody else"


@pytest.mark.slow
def test_an_upload_that_breaks_off_leaves_the_old_front_page_and_is_completed(bucket, site, monkeypatch):
    store = Store.at(f"s3://{bucket.name}")
    store.send(site)
    for path in ("index.html", "2026-Q2/usa.csv", "2026-Q2/index.html"):
        (site / path).write_text("New.")
    put = store.files.put_file

    def breaks_off(here: str, there: str) -> None:
        if there.endswith("2026-Q2/index.html"):
            raise ConnectionError(f"reset by peer, key {SECRET}")
        put(here, there)

    monkeypatch.setattr(store.files, "put_file", breaks_off)
    with pytest.raises(WhereIsAIError, match="can't be written: ConnectionError: reset by peer") as said:
        store.send(site)
    assert SECRET not in str(said.value)
    assert kept(bucket)["index.html"] == b"This is index.html."
    monkeypatch.undo()
    assert Store.at(f"memory://{bucket.name}").send(site) == 6  # any store that fsspec knows
    store.send(site)
    assert kept(bucket)["index.html"] == b"New."


@pytest.mark.parametrize("to", ["nowhere://bucket/ai", "s3:bucket", "s3:/bucket"])
def test_any_other_scheme_is_refused_and_no_folder_is_made(to, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"scheme 'nowhere' is unknown|neither a folder nor an address"):
        is_address(to) and Store.at(to)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_told_and_not_made(endpoint, site):
    import boto3

    for _ in range(2):
        with pytest.raises(
            WhereIsAIError, match=r"s3://no-such-bucket/ai can't be written: .*bucket does not exist"
        ):
            Store.at("s3://no-such-bucket/ai").send(site)
    there = boto3.resource("s3", endpoint_url=endpoint).buckets.all()
    assert "no-such-bucket" not in {each.name for each in there}


def test_a_password_in_an_address_is_not_told(site):
    with pytest.raises(WhereIsAIError) as said:
        Store.at(f"sftp://somebody:{SECRET}@127.0.0.1:1/ai").send(site)
    assert SECRET not in repr(said.value)
    assert "sftp://127.0.0.1:1/ai" in str(said.value)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    from where_is_ai_tests.site.published import publish_editions

    data = tmp_path_factory.mktemp("data")
    publish_editions(data, pngs=False)
    return data


@pytest.mark.slow
def test_the_command_publishes_editions_from_two_machines_to_one_site(
    data, bucket, tmp_path, monkeypatch, capsys
):
    for quarter, machine in zip(QUARTERS, ("here", "there"), strict=True):
        (tmp_path / machine).mkdir()
        (tmp_path / machine / "published").symlink_to(data / "published")
        monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path / machine))
        assert cli.main(["publish", "--to", f"s3://{bucket.name}/ai", "--quarter", quarter]) == 0
        assert f"s3://{bucket.name}/ai/index.html" in capsys.readouterr().out
    there = kept(bucket)
    front = there["ai/index.html"].decode()
    assert front.index("2026-Q2/index.html") < front.index("2026-Q1/index.html")
    for quarter in QUARTERS:
        csv = "usa_ai_employment_by_msa.csv"
        assert there[f"ai/{quarter}/{csv}"] == (data / "published" / quarter / csv).read_bytes()
    assert set(json.loads(there[f"ai/{MANIFEST}"])["files"]) == {
        key.removeprefix("ai/") for key in there if key != f"ai/{MANIFEST}"
    }
    assert cli.main(["publish", "--to", f"s3://{bucket.name}/ai", "--quarter", "2026-Q2"]) == 0
    assert "0 of " in capsys.readouterr().out
