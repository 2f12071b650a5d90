"""A layer as a newcomer would add it: megawatts of data centres by metro, from a CSV. It measures nothing real."""
