#!/bin/sh
# Sends one audit record and prints its receipt. Sent again, it prints the same receipt.
set -eu
cd "$(dirname "$0")"
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $CADASTRE_TOKEN" \
  --header "Content-Type: application/json" \
  --data @audit-record.json \
  "$CADASTRE_OTLP/v1/audit"
echo
