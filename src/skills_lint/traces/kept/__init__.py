"""What was read before: answers by file, and what a file that only grew adds to them."""
