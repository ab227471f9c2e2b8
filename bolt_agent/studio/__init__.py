"""The studio: a page where people talk to the robot, watch it and stop it, and the server behind the page."""
