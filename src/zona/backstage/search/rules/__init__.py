"""Indonesian words, what a search asks for, and what of a text is shown: plain values only."""
