# The door: Debian's nginx with the module that can drop single pages from its cache (docs/decisions.md).
FROM debian:12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends nginx libnginx-mod-http-cache-purge \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o www-data -g www-data /var/lib/door

COPY docker/door.sh docker/nginx.conf /door/
COPY docker/pages static/css/error.css /door/pages/

USER www-data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/8080"]
ENTRYPOINT ["/door/door.sh"]
