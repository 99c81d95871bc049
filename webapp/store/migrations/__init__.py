"""The steps that bring a store from one revision to the next."""
