"""Backups: made, proven whole, rehearsed."""
