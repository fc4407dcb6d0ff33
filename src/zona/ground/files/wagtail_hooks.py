"""The room's place in the back office."""
