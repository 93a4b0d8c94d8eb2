"""The one source of preprocessing, for the viewer and the trainer alike (numpy only, bit-equal on every machine)."""
