"""What a build costs: stock Pelican, fast_build and Hugo, measured side by side on one archive (``make bench``)."""
