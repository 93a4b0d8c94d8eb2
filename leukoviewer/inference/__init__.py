"""Engines behind one protocol, one-pass Grad-CAM, the analysis pipeline."""
