"""Makes everything ready that the guide needs to run. Standard library only, for any Python from 3.8 on."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
