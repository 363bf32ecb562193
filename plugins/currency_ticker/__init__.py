"""Exchange rates that can be trusted: kept as text, checked, and shown with date and source."""
