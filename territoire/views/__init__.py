"""What others fetch and frame: embedded lists, feeds, calendars, data files, documents."""
