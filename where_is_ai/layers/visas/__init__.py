"""AI jobs offered to foreign workers, from applications that the U.S. Department of Labor discloses."""
