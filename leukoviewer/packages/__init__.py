"""The model-package format: manifest, archive, store (no torch)."""
