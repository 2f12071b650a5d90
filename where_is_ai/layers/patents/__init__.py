"""AI patents by where their inventors live, from the patent office's PatentsView tables."""
