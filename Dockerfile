# Two stages: the first installs the locked dependencies, the second has only what runs.
FROM python:3.13-slim AS build
WORKDIR /build
# semantic in place of run adds the optional extra: docker build --build-arg LOCK=semantic .
ARG LOCK=run
COPY requirements requirements
RUN python -m venv /app \
    && /app/bin/pip install --no-cache-dir --require-hashes -r requirements/${LOCK}.txt
COPY bot bot
COPY index index
# Compiled here, since the root is read-only later. Whatever the umask of the checkout was, the
# bot's user must be able to read it.
RUN cp -r bot index "$(/app/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
    && /app/bin/python -m compileall -q /app/lib \
    && printf '#!/app/bin/python\nfrom bot.cli import main\nmain()\n' > /app/bin/paragraf \
    && chmod -R a+rX /app && chmod a+x /app/bin/paragraf

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin paragraf \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /app /app
# Matplotlib keeps its list of fonts in a folder that must be writable. Nothing here multiplies
# matrices, and a thread of OpenBLAS for each core would count against the limit of processes.
ENV PATH=/app/bin:/usr/local/bin:/usr/bin:/bin PARAGRAF_DATA=/data MPLCONFIGDIR=/tmp/matplotlib \
    OPENBLAS_NUM_THREADS=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /data
VOLUME /data
# The bot touches this file every second.
HEALTHCHECK --interval=30s --start-period=60s CMD ["/app/bin/python", "-c", \
    "import os, sys, time; sys.exit(time.time() - os.stat('/data/heartbeat').st_mtime > 60)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/bin/paragraf"]
CMD ["run"]
