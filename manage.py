#!/usr/bin/env python
"""Django's command line for this project, with settings for development unless the environment names others."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    from django.core.management import execute_from_command_line

    from config.places import STARTS, make_places

    if STARTS & set(sys.argv[1:2]):
        make_places()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
