"""Which skills warn about which bucket, the gate, and the missing pitfall as a change to a skill."""
