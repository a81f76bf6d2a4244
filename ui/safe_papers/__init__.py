"""Papers for the safe: a new recovery sheet, the head of mission's share; nothing counts before it is on paper."""
