"""A telephone system simulator: recorded calls of a real Asterisk, replayed over AMI on a loopback socket."""
