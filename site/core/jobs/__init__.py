"""What happens later, or at night: one table of jobs, worked off by `manage.py work` beside the web."""
