"""Zips and gzips are opened within limits, by what they declare and by what really comes out."""

import gzip
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.unpack import open_gzip, open_zip, require_modest
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.limits import SETTINGS, Limits, limits_in

WHENCE = "https://www.bls.gov/oes/oesm25ma.zip"
FORTY_MB = bytes(40_000_000)


def zipped(content: bytes, name: str = "a.txt", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def declaring(zip_: bytes, size: int) -> bytes:
    """The same zip, whose two headers say that its one member is ``size`` bytes large."""
    lying = bytearray(zip_)
    struct.pack_into("<I", lying, 22, size)
    struct.pack_into("<I", lying, zip_.rindex(b"PK\x01\x02") + 24, size)
    return bytes(lying)


def read(content: bytes, limits: Limits | None = None) -> bytes:
    with open_zip(content, WHENCE, limits) as archive:
        return archive.read(archive.names[0])


def verify(content: bytes, limits: Limits | None = None) -> None:
    with open_zip(content, WHENCE, limits) as archive:
        archive.verify()


def test_a_member_is_read_whole_and_as_a_table():
    with open_zip(zipped(b"a,b\n1,2\n"), WHENCE) as archive, archive.open("a.txt") as text:
        assert pd.read_csv(text).to_dict("list") == {"a": [1], "b": [2]}


def test_a_bomb_is_refused_by_what_it_declares():
    with pytest.raises(BadUpstream, match=r"oesm25ma.zip is refused.*at least 40,000,000 bytes.*RATIO"):
        read(zipped(FORTY_MB))


@pytest.mark.parametrize("use", [read, verify])
def test_a_bomb_that_lies_of_its_size_gives_no_more_than_it_declares(use: Callable):
    with pytest.raises(BadUpstream, match="damaged"):
        use(declaring(zipped(FORTY_MB), 1000))


def test_a_bomb_within_a_zip_is_found_when_the_zip_is_verified():
    workbook = zipped(FORTY_MB, "xl/worksheets/sheet1.xml")
    read(zipped(workbook, "MSA_M2025_dl.xlsx"))
    with pytest.raises(BadUpstream, match=r"MSA_M2025_dl.xlsx in .*oesm25ma.zip is refused"):
        verify(zipped(workbook, "MSA_M2025_dl.xlsx"))
    with pytest.raises(BadUpstream, match="refused"):
        require_modest(workbook, WHENCE)


def test_many_members_count_together():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}", bytes(10_000_000))
    with pytest.raises(BadUpstream, match="at least 50,000,000"):
        read(out.getvalue())


def test_what_packs_well_but_is_small_is_read():
    assert read(zipped(bytes(20_000_000))) == bytes(20_000_000)


def test_limits_can_be_raised():
    assert len(read(zipped(FORTY_MB), Limits(unpack_ratio=2000))) == 40_000_000


@pytest.mark.parametrize(
    "broken",
    [b"", b"no zip", zipped(b"a" * 1000)[:-30], zipped(b"a" * 1000)[:60], b"PK\x05\x06" + b"\xff" * 18],
    ids=["empty", "text", "cut table", "cut member", "absurd table"],
)
def test_what_is_no_zip_is_one_error_with_the_address(broken):
    with pytest.raises(BadUpstream, match=WHENCE):
        read(broken)


@given(data=st.data())
def test_no_damage_raises_anything_else(data):
    whole = bytearray(
        zipped(b"area_code,employment\n" * 50, method=data.draw(st.sampled_from([0, 8, 12, 14])))
    )
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadUpstream), open_zip(bytes(whole), WHENCE) as archive:
        for name in archive.names:
            archive.read(name)


def test_a_gzip_is_bounded_too(tmp_path: Path):
    bomb, cut, small = (tmp_path / name for name in ("bomb.gz", "cut.gz", "small.gz"))
    bomb.write_bytes(gzip.compress(FORTY_MB))
    cut.write_bytes(gzip.compress(b"a" * 1000)[:-9])
    small.write_bytes(gzip.compress(b"one\ntwo\n"))
    with open_gzip(small, "feed") as lines:
        assert lines.readlines() == [b"one\n", b"two\n"]
    with open_gzip(bomb, "feed") as content, pytest.raises(BadUpstream, match="feed is refused"):
        content.read()
    with open_gzip(cut, "feed") as content, pytest.raises(BadUpstream, match="feed is damaged"):
        content.read()


def test_limits_are_set_by_their_variables():
    assert limits_in(dict.fromkeys(SETTINGS.values(), "7")) == Limits(*[7.0] * len(SETTINGS))
    assert limits_in({}) == Limits()


@pytest.mark.parametrize("wrong", ["", "many", "0", "-1", "nan", "inf"])
@pytest.mark.parametrize("name", SETTINGS.values())
def test_a_limit_that_is_no_positive_number_is_refused(name, wrong):
    with pytest.raises(UsageError, match=name):
        limits_in({name: wrong})


def test_a_source_that_is_known_to_be_large_has_its_own_limit_unless_another_is_set():
    assert Limits().for_source(9_000) == Limits(unpacked_mb=9_000)
    assert Limits().for_source(0) == Limits()
    assert Limits(unpacked_mb=50).for_source(9_000) == Limits(unpacked_mb=50)


def test_a_zip_of_a_large_source_is_read_beyond_the_usual_limit(monkeypatch):
    monkeypatch.setattr(Limits, "unpacked_mb", 10)
    limits = Limits(unpacked_mb=10, unpack_ratio=2000)
    with pytest.raises(BadUpstream, match="refused"):
        read(zipped(FORTY_MB), limits)
    with open_zip(zipped(FORTY_MB), WHENCE, limits, source_mb=50) as archive:
        assert len(archive.read(archive.names[0])) == 40_000_000
