"""Examples of hypothesis are held to no time: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("kerege", deadline=None)
settings.load_profile("kerege")
