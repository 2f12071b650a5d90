"""Money that AI companies say they raised privately, from the SEC's Form D."""
