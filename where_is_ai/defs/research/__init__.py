"""AI papers by metro, from OpenAlex: its assets and checks."""
