"""A newer file of the national register: read, held against what the home has, guessed over, drafted as plans."""
