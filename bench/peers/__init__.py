"""What others' programs do with our instances. Each runs in an environment of its own, outside the lock file."""
