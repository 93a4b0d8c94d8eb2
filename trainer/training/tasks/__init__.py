"""What a kind of task does with a batch, by name."""
