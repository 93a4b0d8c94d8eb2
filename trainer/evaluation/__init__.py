"""Metrics, intervals, calibration, probes and tables from saved scores."""
