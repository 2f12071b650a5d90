"""The layer adoption: BTOS workbooks to a quarter's use rate by metro and state."""
