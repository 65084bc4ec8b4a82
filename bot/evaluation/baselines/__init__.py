"""Other ways to read the same messages, to compare with; each is one short file."""
