"""The build that a writer never waits for, and its live preview."""
