"""What differs on staging from publishconf.py; nothing else."""

from publishconf import *

SITEURL = "https://staging.steppe-ledger.example"
PUBLISHING = {"folder": {"path": "public/staging"}, "policy": {"noindex": True}}
