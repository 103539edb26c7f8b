"""Failures assigned to buckets, the rest grouped by signature, and all of them ranked."""
