"""What brings an old site over."""
