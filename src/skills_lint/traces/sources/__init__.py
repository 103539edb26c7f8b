"""Bytes to records: where traces lie, how they are packed, and the fields that a format needs of each line."""
