"""Messages out: rendered, checked, paced, sent, accounted for."""
