"""Destruction in order: one line after the other, ticked by two persons, and the report before the keys."""
