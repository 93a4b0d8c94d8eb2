"""Pure pictures from values: view state, color maps, composition, reports (numpy only)."""
