"""What a call is wrapped in: gateway and broker agree on it."""

INSTANCE_HEADER = "x-gateway-instance"  # which Envoy took it; no client can say it
LARGEST_BODY = 64 * 1024  # bytes
