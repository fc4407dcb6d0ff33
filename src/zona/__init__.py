"""Zona: one self-hosted program for an election office's integrated information zone."""

__version__ = "0.1.0"
