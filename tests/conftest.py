"""Settings shared by all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is timed: a slow machine must not turn a right answer into a failure.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.load_profile("untimed")
