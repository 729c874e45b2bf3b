"""What replies are made of: the outcome of a handler, layout, passage cards, paging."""
