"""What happened in single sessions, to be read by people: redacted, in order, bounded."""
