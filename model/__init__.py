"""Offline work on the learned reader: data, training, evaluation. Not needed to check drafts."""
