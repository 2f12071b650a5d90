"""What intervals are made with."""

# Of a normal distribution: 90 % lie within so many standard errors, as in BLS's own intervals.
Z_90 = 1.645
