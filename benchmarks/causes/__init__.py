"""Errors really raised: the evidence of the catalogue, and a bench that measures how well failures are grouped."""
