"""Everything that may be wrong with stories, told in one run, without building the edition."""
