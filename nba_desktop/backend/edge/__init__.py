"""What stands between the network and the routes: encryption, limits, headers, log lines, figures and traces."""
