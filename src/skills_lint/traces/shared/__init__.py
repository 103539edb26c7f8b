"""What several formats share: kinds of messages, items and spans, and the search in JSON of any shape."""
