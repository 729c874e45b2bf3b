# Two stages: the first installs the locked dependencies, the second has only what runs.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /app && /app/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
RUN /app/bin/python -c "import shutil, site; [shutil.copytree(p, f'{site.getsitepackages()[0]}/{p}') for p in ('bot', 'index')]"

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin paragraf \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /app /app
ENV PARAGRAF_DATA=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /data
VOLUME /data
# The bot touches this file every second.
HEALTHCHECK --interval=30s --start-period=60s CMD ["/app/bin/python", "-c", \
    "import os, sys, time; sys.exit(time.time() - os.stat('/data/heartbeat').st_mtime > 60)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/bin/python", "-c", "from bot.cli import main; main()"]
CMD ["run"]
