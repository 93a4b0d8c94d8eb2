"""Background work for Qt: jobs and lanes (QtCore only)."""
