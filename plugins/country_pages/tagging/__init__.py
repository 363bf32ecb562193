"""Which countries a story is about, from its title and text alone, and the sentences that say so."""
