"""`python -m skills_lint`."""

from .cli.main import main

main()
