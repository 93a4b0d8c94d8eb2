"""The simulated head-CT cohort."""
