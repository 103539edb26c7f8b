"""Parts of sessions: an agent's steps towards one answer, with its mistakes. Each takes codes and dates."""
