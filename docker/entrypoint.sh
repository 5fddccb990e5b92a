#!/bin/sh
# Brings the database up to date when RUN_MIGRATIONS=true, then becomes the command that it is given.
# Where several containers serve one database, let only one of them migrate.
set -eu

case "${RUN_MIGRATIONS:-false}" in
    true)
        python manage.py migrate --noinput
        # Pictures and videos of before say where and with what they were taken.
        python manage.py strip_metadata
        # What the version before has kept there may no longer fit.
        rm -rf "${DATA_DIR:?}/cache"
        ;;
    false) ;;
    *)
        echo "Configuration error: RUN_MIGRATIONS='$RUN_MIGRATIONS' is neither true nor false. See docs/settings.md." >&2
        exit 1
        ;;
esac

exec "$@"
