"""What the services need of the store, as narrow protocols; `store` fulfils them, tests may too."""
