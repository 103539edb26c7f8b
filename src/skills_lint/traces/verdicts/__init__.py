"""Calls and what they returned: was it Python, and did it fail?"""
