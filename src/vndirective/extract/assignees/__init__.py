"""Who is told to act: names, roles, and from where they are inherited."""
