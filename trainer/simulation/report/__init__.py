"""The report that holds a simulated cohort against measured figures of real heads."""
