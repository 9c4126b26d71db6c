package command

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ftagateway/ftagateway/translate"
)

type mapInitOptions struct {
	gives, name, out string
	force            bool
}

func mapInit(g *shared) *cobra.Command {
	var o mapInitOptions
	c := &cobra.Command{
		Use:   "init SAMPLE.json...",
		Short: "Begin a mapping from samples of a ledger's own documents",
		Long: `Prints a mapping file with a pair for every value that the samples hold, and the place in the model whose name is nearest
as a comment, and below them all that the type must have. It is a beginning: give the pairs their model paths, and let
"fta map test" say what is still wrong. A mapping of a type of document reads only. The file belongs in the folder of the
samples or above it, for it names them as its examples.`,
		Example: `  fta map init --type CertificateOfOrigin acme-0017.json > begun.yaml
  fta map init --type EntrySummary --name acme-entries -o mappings/acme.yaml mappings/*.json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runMapInit(g, args, o) },
	}
	f := c.Flags()
	f.StringVar(&o.gives, "type", "", "what an entry gives: Record, or a type of document such as CertificateOfOrigin")
	f.StringVar(&o.name, "name", "", "the mapping's name (empty: that of the first sample)")
	f.StringVarP(&o.out, "out", "o", "", "write it to this file")
	f.BoolVar(&o.force, "force", false, "write over a file that is there")
	_ = c.MarkFlagRequired("type")
	return c
}

func runMapInit(g *shared, samples []string, o mapInitOptions) error {
	folder := filepath.Dir(o.out) // "." where there is none
	names, err := within(folder, samples)
	if err != nil {
		return err
	}
	if o.name == "" {
		o.name = strings.TrimSuffix(filepath.Base(samples[0]), filepath.Ext(samples[0]))
	}
	text, err := translate.Init(os.DirFS(folder), names, o.name, o.gives)
	if err != nil {
		return exit(ExitUsage, err)
	}
	if o.out == "" {
		_, err = g.Out.Write(text)
		return err
	}
	return o.save(g, text)
}

// within names files as they are called from a folder. A mapping finds its examples beside it or below.
func within(folder string, files []string) ([]string, error) {
	base, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(files))
	for i, file := range files {
		whole, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(base, whole)
		if err != nil || !filepath.IsLocal(name) {
			return nil, usage("sample %s: must lie in the mapping's folder %s or below it, for the mapping names it", file, folder)
		}
		names[i] = filepath.ToSlash(name)
	}
	return names, nil
}

// save writes the file, over one that is there only if that was asked for.
func (o mapInitOptions) save(g *shared, text []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if o.force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(o.out, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s is there already; --force writes over it", o.out)
	}
	if err != nil {
		return exit(ExitUsage, err)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	g.say("%s is begun. Give its pairs their model paths, among them all that its comments say a %s must have. Then: fta map test %s",
		o.out, o.gives, o.out)
	return nil
}
