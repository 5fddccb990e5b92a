"""How gunicorn serves the site, everywhere: it reads this file by itself where it is started in this folder.

The number of workers is WEB_CONCURRENCY, which gunicorn reads itself (1 when unset).
"""

from pathlib import Path

wsgi_app = "config.wsgi"
threads = 4
# Seconds after which a worker that answers nothing is replaced; the door waits a little longer (docker/nginx.conf).
timeout = 60
# What is under way when the site is stopped or reloaded may end.
graceful_timeout = 30
# Without the door, browsers come back on a connection; with it, each request has its own.
keepalive = 5
# A worker's memory grows with what it has served; workers do not end all at once.
max_requests = 3000
max_requests_jitter = 600
# No header of a visitor says where the site is mounted, nor by which scheme: Django reads the door's (BEHIND_PROXY).
forwarder_headers = ""
forwarded_allow_ips = ""
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
