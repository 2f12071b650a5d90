"""Where AI actually happens, by metro, re-measured every quarter from primary sources."""
