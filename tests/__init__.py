"""Tests, mirroring the tree of the source."""
