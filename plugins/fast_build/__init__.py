"""The build that a writer never waits for; so far its live preview."""
