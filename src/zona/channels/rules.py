"""What a text may be on each channel, and where its links lead. Pure: plain values only."""
