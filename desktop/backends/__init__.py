"""The backends: what recognises images, in the cloud or on this computer."""

import os

# ONNX Runtime's telemetry for Microsoft is on, and keeps an id of this computer and its events in
# the person's home, unless this stands in the environment when it is loaded: its own
# disable_telemetry_events() comes too late. (Seen in 1.32; its traffic was not watched.)
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
