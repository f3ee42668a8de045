"""What the command line prints: progress, the closing summary, and a readable view of a record."""
