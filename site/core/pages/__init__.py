"""What the base page is made of: its place, publication, visibility, rights, sections, and the editor's form."""
