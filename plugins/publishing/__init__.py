"""From a built tree to a host: plan, upload, switch, verify, roll back. Knows no Pelican."""
