"""The trainer: simulated cohorts, experiments, training, evaluation and export of model packages."""
