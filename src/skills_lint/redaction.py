"""Secrets, names and home folders removed from text."""
