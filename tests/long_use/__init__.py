"""One window for a whole day: hundreds of studies in one process, and switching while a model runs."""
