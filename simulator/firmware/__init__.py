"""The emulated firmware: packets in, packets out, and the control loop between."""
