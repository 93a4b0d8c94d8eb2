"""Values that everybody shares: geometry, series, volume, window, results, progress (numpy only)."""
