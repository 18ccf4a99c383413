#!/usr/bin/env bash
# Copies Kafka's and Neo4j's jars from Maven Central to build/servers/{kafka,neo4j}, once for each version of pom.xml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then
  echo "test-servers: Java 17 or newer and Maven are needed to run Kafka and Neo4j:" >&2
  echo "  Debian or Ubuntu: apt-get install openjdk-17-jre-headless maven" >&2
  exit 1
fi
version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
if ((version < 17)); then
  echo "test-servers: Java 17 or newer is needed, this is Java $version" >&2
  exit 1
fi

pom=deploy/servers/pom.xml
stamp=build/servers/pom.xml
if cmp -s "$pom" "$stamp"; then
  exit 0
fi
rm -rf build/servers
for server in kafka neo4j; do
  echo "test-servers: fetching $server from Maven Central"
  mvn --batch-mode --quiet --file "$pom" --activate-profiles "$server" \
    dependency:copy-dependencies "-DoutputDirectory=$PWD/build/servers/$server"
done
cp "$pom" "$stamp"
