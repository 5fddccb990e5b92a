#!/bin/sh
# Writes nginx's configuration for this place and becomes nginx.
#   SITE    where the site answers                       web:8000
#   LISTEN  where the door answers                       8080
#   MEDIA   folder of uploaded files                     /srv/media
#   RUN     folder for what is on its way, made if need  /var/lib/door
set -eu

here=$(cd "$(dirname "$0")" && pwd)
run=${RUN:-/var/lib/door}
command -v nginx >/dev/null || { echo "nginx is not installed (Debian: apt-get install nginx)." >&2; exit 1; }
mkdir -p "$run/pages"
cp "$here"/pages/* "$run/pages/"
[ -e "$run/pages/error.css" ] || cp "$here/../static/css/error.css" "$run/pages/"

# Docker's own name server, or the machine's; an address needs none.
server=$(sed -n 's/^nameserver  *\([0-9.]*\)$/\1/p' /etc/resolv.conf 2>/dev/null | head -n 1)
sed -e "s|@SITE@|${SITE:-web:8000}|" \
    -e "s|@LISTEN@|${LISTEN:-8080}|" \
    -e "s|@MEDIA@|${MEDIA:-/srv/media}|" \
    -e "s|@RUN@|$run|" \
    -e "s|@RESOLVER@|${server:+resolver $server valid=10s ipv6=off;}|" \
    "$here/nginx.conf" >"$run/nginx.conf"

exec nginx -e stderr -p "$run" -c "$run/nginx.conf"
