"""Who may do what in the admin: the roles, what each right means in a tree of languages, and what each view asks."""
