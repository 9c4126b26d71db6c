package capability

// Len counts the chains that are kept, after those beyond the bound have gone.
func (c *Chains) Len() int {
	c.cache.CleanUp()
	return c.cache.EstimatedSize()
}
