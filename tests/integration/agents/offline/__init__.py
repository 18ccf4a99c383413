"""Questions to the offline model about invented households, answered by the real graph and tools in process."""
