"""Skills found and parsed."""
