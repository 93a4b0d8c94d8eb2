"""Pages that need no other file: style, curves and pictures as text inside them."""
