"""What differs in production from pelicanconf.py; nothing else."""

from pelicanconf import *

SITEURL = "https://steppe-ledger.example"

# Where make publish carries the edition: docs/publishing.md
PUBLISHING = {"target": "folder", "folder": {"path": "public"}}
