"""What tests of several kinds stand on: processes, stand-ins, a person, photos. No test is here."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The project's folder."""
