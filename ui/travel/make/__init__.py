"""The making of a kit, in three steps."""
