"""A podcast: its rules, its feed, and how its page and its episodes are shown."""
