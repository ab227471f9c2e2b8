"""Speaking: text to sound. No devices, no clock."""
