"""Where patients come from: hospital layout, simulated cohort, CSV."""
