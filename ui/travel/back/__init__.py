"""The return of a kit, with its reconciliation."""
