"""Updates in: polled, stored, handled one a chat at a time, each to its end."""
