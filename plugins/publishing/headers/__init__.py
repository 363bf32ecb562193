"""Response headers: one description of what each kind of file is served with, for every host."""

from .caddy import caddy
from .netlify import netlify
from .nginx import nginx
from .rules import HeaderRules, Rule, describe, expected
from .settings import Policy

__all__ = ["HeaderRules", "Policy", "Rule", "caddy", "describe", "expected", "netlify", "nginx"]
