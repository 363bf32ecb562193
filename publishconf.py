"""What differs in production from pelicanconf.py; nothing else."""

from pelicanconf import *

SITEURL = "https://steppe-ledger.example"
