"""What a shared link to a metro shows is the metro's own: its numbers with their ranges, in words and as a picture."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from where_is_ai.site.share_picture import HEIGHT, WIDTH, Number, SharePicture, drawn

BOSTON = SharePicture(
    "Boston-Cambridge-Newton, MA-NH",
    [
        Number("9,550", "AI workers", "8,640 to 10,460, rank 7 of 289"),
        Number("≥ 5", "AI papers", "no range given"),
    ],
    "Edition 2026-Q2.",
)


def test_the_picture_is_small_and_says_in_words_what_it_shows():
    with Image.open(BytesIO(BOSTON.png())) as image:
        assert image.size == (WIDTH, HEIGHT)
        assert len(image.getcolors()) == 4
    assert len(BOSTON.png()) < 20_000
    assert BOSTON.alt.startswith(
        "Boston-Cambridge-Newton, MA-NH: 9,550 AI workers, 8,640 to 10,460, rank 7 of 289; ≥ 5 AI papers"
    )


def test_the_same_words_are_the_same_bytes_and_others_are_not():
    assert BOSTON.png() == SharePicture(BOSTON.name, BOSTON.numbers, BOSTON.foot).png()
    assert BOSTON.png() != SharePicture(BOSTON.name, BOSTON.numbers[:1], BOSTON.foot).png()


@given(st.text(max_size=120), st.text(max_size=40))
def test_any_name_and_number_is_drawn_within_the_picture(name, value):
    image = drawn(SharePicture(name, [Number(value, name, name)] * 5, name))
    assert image.size == (WIDTH, HEIGHT)
    image.save(BytesIO(), "png")


@pytest.mark.slow
def test_a_shared_link_to_a_metro_shows_its_own_numbers_and_how_sure_they_are(published: Path):
    page = html.fromstring((published / "metros/us-14460.html").read_text())
    said = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert said["og:title"] == (
        "AI in Boston-Cambridge-Newton, MA-NH: 9,550 AI workers (8,640 to 10,460), rank 7 of 289 (4 to 229 possible)"
    )
    assert "AI papers, counted for Boston Metro" not in said["og:description"]
    assert "5,863 AI papers, rank 18 of 53" in said["og:description"]
    assert "(made up)" in said["og:description"]
    assert "Sample: rebuilt from published figures." in said["og:description"]
    assert said["og:image"] == "../metros/pictures/us-14460.png"
    assert said["og:image:alt"].startswith(
        "Boston-Cambridge-Newton, MA-NH: 9,550 AI workers, 8,640 to 10,460"
    )
    assert (published / "metros/pictures/us-14460.png").is_file()
    pictures = {path.stem for path in (published / "metros/pictures").glob("*.png")}
    assert len(pictures) == len(list((published / "metros").glob("*.json")))


@pytest.mark.slow
def test_a_shared_link_says_what_is_made_up_in_its_picture_too(published: Path):
    page = html.fromstring((published / "metros/us-14460.html").read_text())
    alt = page.xpath("string(//meta[@property='og:image:alt']/@content)")
    assert "AI postings" not in alt or "made up" in alt
    assert "made up; " in alt
