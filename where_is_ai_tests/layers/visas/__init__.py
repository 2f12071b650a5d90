"""The layer visas: disclosed applications to certified AI cases by metro."""
