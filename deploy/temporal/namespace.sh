#!/bin/sh
# Makes the namespace unless it is there. May be repeated. TEMPORAL_ADDRESS says where.
set -eu
attempts=0
until temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"; do
  attempts=$((attempts + 1))
  [ "$attempts" -lt 60 ] || exit 1
  sleep 1
done
