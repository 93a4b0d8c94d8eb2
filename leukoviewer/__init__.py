"""LeukoViewer: a desktop viewer for head CT with an AI second opinion on leukoencephalopathy (research use)."""
