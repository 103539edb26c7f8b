"""What `init` writes into a repo: the routine, the configuration and the hooks. Nothing is ever overwritten."""
