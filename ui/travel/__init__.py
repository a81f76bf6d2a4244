"""Windows of delegation kits: the list, the making of one, its return."""
