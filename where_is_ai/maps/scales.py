"""From values to radii, classes and colours, in round numbers.

Circles carry values by area. Colours come in classes whose limits are 1, 2, 3 or 5 times a power of ten; their
lightness falls in equal steps of OKLab, so that the order survives colour blindness and a grey print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, radians, sin, sqrt

import numpy as np
import pandas as pd

from where_is_ai.maps.style import ON_DARK, ON_LIGHT

#: Hue (degrees), chroma and lightness at the two ends and in between: straw, orange, raspberry, plum, indigo.
HUES = (98.0, 68.0, 25.0, -15.0, -70.0)
CHROMAS = (0.115, 0.15, 0.17, 0.155, 0.12)
LIGHTEST, DARKEST = 0.885, 0.30
FEWEST_LIMITS = 3  # between classes in powers of ten, or else they are of one width


@dataclass(frozen=True)
class RadiusScale:
    """Area in proportion to the value: ``largest`` is drawn with ``radius`` pixels."""

    smallest: float
    largest: float
    radius: float

    def __call__(self, value: float) -> float:
        return self.radius * sqrt(value / self.largest)

    def legend_values(self) -> list[float]:
        """Up to three round values within the data, smallest first, their circles well apart."""
        top = round_steps(self.smallest, self.largest, digits=(1, 1.5, 2, 3, 4, 5, 6, 8))[-1:]
        values = top or [self.largest]
        for step in reversed(round_steps(self.smallest, values[0])):
            if self(values[-1]) - self(step) >= 0.22 * self.radius and len(values) < 3:
                values.append(step)
        return values[::-1]


@dataclass(frozen=True)
class ColourScale:
    """Classes of values with a colour each; ``limits`` lie between the classes."""

    limits: tuple[float, ...]

    @property
    def colours(self) -> list[str]:
        return ramp(len(self.limits) + 1)

    def __call__(self, value: float) -> str:
        return self.colours[int(np.searchsorted(self.limits, value, side="right"))]

    @staticmethod
    def over(values: Sequence[float], classes: int = 6) -> "ColourScale":
        """Classes over the bulk of the values: limits from their first tenth up to two thirds of the largest.

        Where round numbers leave more limits than classes allow, the lowest go: the top is what people ask for.
        """
        known = np.asarray(values, dtype=float)
        if known.size == 0:
            return ColourScale(())
        limits = round_steps(float(np.quantile(known, 0.1)), float(known.max()) / 1.5, digits=(1, 2, 3, 5))
        return ColourScale(tuple(limits[-(classes - 1) :]))

    @staticmethod
    def even(values: Sequence[float], classes: int = 6) -> "ColourScale":
        """At most so many classes with round limits evenly apart, for values that differ too little for powers."""
        known = np.asarray(values, dtype=float)
        if known.size == 0:
            return ColourScale(())
        low, high = (float(end) for end in np.quantile(known, (0.05, 0.95)))
        for step in round_steps((high - low) / 1000, 10 * (high - low)):
            limits = [place * step for place in range(floor(low / step) + 1, ceil(high / step))]
            if len(limits) < classes:
                return ColourScale(tuple(float(f"{limit:.12g}") for limit in limits))
        return ColourScale(())

    @staticmethod
    def suggested(values: Sequence[float]) -> "ColourScale":
        """Classes in powers of ten where the values differ by these, or else of one width."""
        scales = (ColourScale.over(values), ColourScale.even(values))
        if len(scales[0].limits) >= FEWEST_LIMITS:
            return scales[0]
        return max(scales, key=lambda each: len(each.limits))


@dataclass(frozen=True)
class Kinds:
    """Colours of kinds, each with its words: a circle's ``colour`` is the place of its kind among them."""

    words: tuple[tuple[str, str], ...]

    def __call__(self, kind: float) -> str:
        return self.words[int(kind)][0]


#: A signed number by which way it goes; ``gain_or_loss`` gives the place among these.
GAIN, LOSS, SAME = "#3d4f9f", "#d06a2a", "#8d8a92"
SIGNS = Kinds(((GAIN, "gain"), (LOSS, "loss"), (SAME, "no change")))


def gain_or_loss(change: pd.Series) -> pd.Series:
    """The place of each change among SIGNS; NA where it isn't known."""
    return (change < 0).astype("Int64").mask(change == 0, 2).where(change.notna())


def round_steps(low: float, high: float, digits: Sequence[float] = (1, 2, 5)) -> list[float]:
    """The digits times powers of ten from ``low`` to ``high``."""
    if not 0 < low <= high:
        return []
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    steps = [float(f"{digit}e{power}") for power in powers for digit in digits]
    return [step for step in steps if low <= step <= high]


def ramp(count: int) -> list[str]:
    """``count`` colours from light to dark, evenly spaced in OKLab lightness, as #rrggbb."""
    ends = np.linspace(0, 1, len(HUES))
    return [
        oklch(
            LIGHTEST + (DARKEST - LIGHTEST) * place,
            float(np.interp(place, ends, CHROMAS)),
            float(np.interp(place, ends, HUES)),
        )
        for place in np.linspace(0, 1, max(count, 2))[:count]
    ]


def contrast(one: str, other: str) -> float:
    """How well two colours, #rrggbb, can be told apart, from 1 to 21 as WCAG counts it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """In which colour text can be read best on another."""
    return max(ON_DARK, ON_LIGHT, key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour as #rrggbb; chroma gives way where sRGB can't show it, lightness never does."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.array(
        [
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        ]
    )
    if (linear < -1e-4).any() or (linear > 1 + 1e-4).any():
        return oklch(lightness, chroma * 0.97, hue)
    linear = linear.clip(0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in encoded)
