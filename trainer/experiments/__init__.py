"""Experiments as data: configuration, grid, run folders."""
