"""The commands of ``leukoviewer``: one module each."""
