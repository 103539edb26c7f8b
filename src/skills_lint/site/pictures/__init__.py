"""Pictures as inline SVG: labelled, readable without colour, without scripts and without inline styles."""
