"""Secrets at rest, signed links, one-time tokens: one mechanism for every room.

All keys follow from the secret key of the installation and a purpose (`keys`): a copy of the
database alone opens nothing, and what one room sealed another room's key does not open.
"""
