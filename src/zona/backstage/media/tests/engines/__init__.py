"""Stand-ins for the engine, started as it is: in a process of their own."""
