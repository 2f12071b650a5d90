"""What intervals are made with."""

import numpy as np

# Of a normal distribution: 90 % lie within so many standard errors, as in BLS's own intervals.
Z_90 = 1.645
# 95 %, as shares of counted things are given with.
Z95 = 1.96


def wilson(share: np.ndarray, n: np.ndarray, z: float = Z95) -> tuple[np.ndarray, np.ndarray]:
    """Low and high of the binomial interval (Wilson's) of shares from 0 to 1 among ``n`` each; NaN where n is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum(middle - half, 0), np.minimum(middle + half, 1)
