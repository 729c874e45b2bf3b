"""Articles in: from text, a file or a folder to something that can be published."""
