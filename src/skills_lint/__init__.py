"""Agent traces in, root causes out, and skills that provably cover them."""
