"""Networks of the literature for spatiotemporal fusion, small, band by band; one file each."""
