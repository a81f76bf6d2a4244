"""How a frozen store comes to send again: two persons, the word of headquarters, the last number."""
