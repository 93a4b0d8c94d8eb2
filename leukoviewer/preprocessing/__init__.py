"""The one source of preprocessing, shared by viewer and trainer: recipes, steps, projection back to native slices."""
