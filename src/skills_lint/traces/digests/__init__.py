"""Events to digests, and digests to one result: pairing, sessions, counting once what is told twice."""
