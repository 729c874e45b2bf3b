"""What a reader can do, one file a feature: its handler, its reply, its buttons."""
