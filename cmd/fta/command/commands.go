package command

import "github.com/spf13/cobra"

// commands lists them in the order in which a newcomer meets them.
func commands(g *shared) []*cobra.Command {
	return []*cobra.Command{
		demoCommand(g), serve(g), node(g), evidence(g), ready(g),
		keygen(g), sign(g), submit(g),
		find(g), get(g), watch(g), verify(g),
		mapCommand(g), conformanceCommand(g), witness(g),
	}
}
