"""What works at the cells of a grid: a process a cell, started on this machine or on a Ray cluster."""
