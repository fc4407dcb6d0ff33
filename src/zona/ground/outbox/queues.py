"""The lines in which jobs wait. Each is worked off on its own, so none holds up another.

Without a name: soon, such as a page whose time has come. `recordings` and `files`, named by their
rooms: long work.
"""

OUTWARD = "outward"
"""What waits for servers of others: letters, posts, alerts, OpenSearch."""
