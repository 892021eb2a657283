"""The backends: what recognises images, in the cloud or on this computer."""

import os

# ONNX Runtime tells Microsoft of every start, and leaves an id of this computer in the person's
# home, unless this stands in the environment when it is loaded: disable_telemetry_events() is late.
# (Seen in 1.32.) Nothing of a person's photos, nor that there are any, leaves this computer.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
