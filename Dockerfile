# The site as one image. `docker compose build` makes it; docs/deployment.md says how it is run.

# --- Build: packages, message catalogues and static files ------------------------------------------------------
FROM python:3.12-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_INPUT=1

RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH

# Only locked files with known hashes. The second lock adds the search client; what both name is the same version.
WORKDIR /app
COPY requirements.lock requirements-search.lock ./
RUN pip install --require-hashes -r requirements.lock -r requirements-search.lock

# Installed as a link to its tree: templates, catalogues, static files and demo content are not in its wheel.
# hatchling, which makes the link, is in requirements.lock.
COPY . .
RUN pip install --no-deps --no-build-isolation --editable .

# For manage.py, which takes the settings for development where nothing is said.
ENV DJANGO_SETTINGS_MODULE=config.settings.base \
    STATIC_ROOT=/app/staticfiles

# The key lives for this one command and signs nothing.
RUN export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(32))')" DATABASE_URL=sqlite://:memory: \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app

# --- Run -------------------------------------------------------------------------------------------------------
FROM python:3.12-slim

RUN groupadd --gid 10001 site \
    && useradd --uid 10001 --gid site --home-dir /app --no-create-home --shell /usr/sbin/nologin site \
    && install -d -o site -g site /data /data/media

# Owned by root: the site can read its own code, not change it.
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.base \
    STATIC_ROOT=/app/staticfiles \
    DATA_DIR=/data

WORKDIR /app
USER site
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=300s --retries=3 CMD ["python", "docker/healthcheck.py"]
ENTRYPOINT ["docker/entrypoint.sh"]
# gunicorn.conf.py has the rest. Preloaded, so that a wrong setting ends the start instead of one worker after the other.
# No access log: readers are not traced.
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--preload", "--no-control-socket", "--log-level", "warning"]
