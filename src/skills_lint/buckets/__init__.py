"""Root causes: the bucket file, and which failures a bucket matches."""
