"""Emergency destruction from the keyboard: what goes and what stays, the gesture, the end, the list after it."""
