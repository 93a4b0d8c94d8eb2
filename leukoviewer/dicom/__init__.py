"""From files to a Volume: discovery, series, ordering, selection, pixels, decoding, writing."""
