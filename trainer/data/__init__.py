"""Cases, splits, cache, dataset and augmentation."""
