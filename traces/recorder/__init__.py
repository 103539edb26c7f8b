"""Plays the scripted sessions of this repo's own traces: what is asked is written down, what happens really runs."""
