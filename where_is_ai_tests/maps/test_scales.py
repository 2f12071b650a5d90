"""Radii and colours: areas tell the truth, the order survives colour blindness and grey, legends are round."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.maps.legends import number
from where_is_ai.maps.scales import ColourScale, RadiusScale, ramp
from where_is_ai.maps.style import BORDER, FILL_OPACITY, LAND
from where_is_ai_tests.publication.tables import QUARTERS, employment, research

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB.
SIGHT = {
    "whole": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
values = st.lists(st.floats(0.05, 1e5), min_size=1, max_size=300)


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lightness(rgb: np.ndarray) -> float:
    """CIE L* of linear RGB, 0 to 100: what a grey print keeps."""
    luminance = float(np.clip(LUMINANCE @ rgb, 0, 1))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def oklab_lightness(colour: str) -> float:
    red, green, blue = linear(colour)
    long = 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue
    medium = 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue
    short = 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue
    return 0.2104542553 * long ** (1 / 3) + 0.7936177850 * medium ** (1 / 3) - 0.0040720468 * short ** (1 / 3)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("classes", range(2, 7))
def test_colours_darken_class_by_class_for_every_eye_and_on_a_grey_print(sight, classes):
    seen = [lightness(np.array(SIGHT[sight]) @ linear(colour)) for colour in ramp(classes)]
    assert all(before - after >= 6 for before, after in pairwise(seen))


def test_colours_are_perceptually_even():
    steps = np.diff([oklab_lightness(colour) for colour in ramp(6)])
    assert steps == pytest.approx([steps.mean()] * 5, rel=0.05)


def test_colours_differ_from_the_land_they_lie_on():
    land = lightness(linear(LAND))
    lightest = ramp(6)[0]
    on_land = FILL_OPACITY * linear(lightest) + (1 - FILL_OPACITY) * linear(LAND)
    assert np.abs(on_land - linear(LAND)).max() > 0.2
    assert lightness(linear(BORDER)) > land


@given(st.floats(0, 1e4), st.floats(0.01, 1e3), st.integers(2, 40))
def test_even_classes_are_few_of_one_width_and_within_the_values(low, span, count):
    given_values = np.linspace(low, low + span, count).tolist()
    limits = ColourScale.even(given_values).limits
    assert len(limits) < 6
    assert all(low < limit < low + span for limit in limits)
    assert np.ptp(np.diff(limits)) == pytest.approx(0, abs=1e-6 * max(span, 1)) if len(limits) > 1 else True


def test_shares_that_differ_little_have_classes():
    assert ColourScale.even([14.2, 18.0, 24.9, 29.3]).limits == (15.0, 20.0, 25.0)
    assert ColourScale.even([5.0, 5.0]).limits == ColourScale.even([]).limits == ()


@given(values)
def test_areas_are_in_proportion(numbers):
    scale = RadiusScale(min(numbers), max(numbers), 50)
    assert scale(max(numbers)) == pytest.approx(50)
    for value in numbers:
        assert scale(value) ** 2 / scale(max(numbers)) ** 2 == pytest.approx(value / max(numbers))


@given(values)
def test_size_legend_shows_values_within_the_data(numbers):
    scale = RadiusScale(min(numbers), max(numbers), 50)
    shown = scale.legend_values()
    assert 1 <= len(shown) <= 3
    assert shown == sorted(shown)
    assert min(numbers) <= shown[0]
    assert shown[-1] <= max(numbers)


@given(values)
def test_colour_limits_rise_and_every_value_has_a_class(numbers):
    scale = ColourScale.over(numbers)
    assert list(scale.limits) == sorted(set(scale.limits))
    assert len(scale.colours) == len(scale.limits) + 1 <= 6
    places = [scale.colours.index(scale(value)) for value in sorted(numbers)]
    assert places == sorted(places)


def is_round(value: float) -> bool:
    return number(value).replace(",", "").replace(".", "").strip("0") in {*"123456789", "15"}


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_sample_legends_are_round_and_cover_the_data(quarter):
    frame = employment(quarter).dropna(subset=["ai_workers"])
    sizes, shares = frame["ai_workers"].astype(float), frame["ai_per_1000"].dropna().astype(float)
    shown = RadiusScale(sizes.min(), sizes.max(), 54).legend_values()
    assert all(is_round(value) for value in shown)
    assert shown[-1] >= sizes.max() / 2
    limits = ColourScale.over(shares.to_list()).limits
    assert all(is_round(limit) for limit in limits)
    counts = np.histogram(shares, [0, *limits, np.inf])[0]
    assert len(limits) >= 4
    assert (counts > 0).all()


def test_world_legend_spans_the_ranking():
    limits = ColourScale.over(research()["ai_works"].astype(float).to_list()).limits
    assert all(is_round(limit) for limit in limits)
    assert limits[-1] > research()["ai_works"].sort_values().iloc[-2]


def test_numbers_read_as_people_write_them():
    assert [number(value) for value in (20000, 0.5, 2.0, 10)] == ["20,000", "0.5", "2", "10"]
