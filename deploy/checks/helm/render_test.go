// Package helm_test checks the chart without a cluster: rendered by Helm's own engine for several sets of values, linted,
// every object decoded by Kubernetes' own types without unknown fields, and the configuration in it read by fta itself.
package helm_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

const folder = built.Root + "/deploy/helm/fta-gateway"

var version = chartutil.KubeVersion{Version: "v1.34.0", Major: "1", Minor: "34"}

// variants are what the chart is rendered with.
func variants(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{"default": {}}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		values, err := chartutil.ReadValuesFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".yaml")] = values
	}
	return all
}

// render gives the chart's files for some values, which the chart's schema takes or refuses.
func render(values map[string]any) (map[string]string, error) {
	c, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	options := chartutil.ReleaseOptions{Name: "customs", Namespace: "fta", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(c, values, options, &chartutil.Capabilities{KubeVersion: version, APIVersions: chartutil.DefaultVersionSet})
	if err != nil {
		return nil, err
	}
	return engine.Engine{Strict: true}.Render(c, all)
}

// ofOperator are kinds that Kubernetes itself does not know.
var ofOperator = []string{"ServiceMonitor", "PrometheusRule"}

// decode reads every object of the files. What is no kind of Kubernetes' own is given as its text.
func decode(t *testing.T, files map[string]string) (objects []runtime.Object, others []string) {
	t.Helper()
	strict := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	for name, text := range files {
		if strings.HasSuffix(name, "NOTES.txt") || strings.HasSuffix(name, ".tpl") {
			continue
		}
		for _, document := range documents(t, text) {
			if operators(document) {
				others = append(others, document)
				continue
			}
			o, _, err := strict.Decode([]byte(document), nil, nil)
			if err != nil {
				t.Errorf("%s: %v\n%s", name, err, document)
				continue
			}
			objects = append(objects, o)
		}
	}
	return objects, others
}

func documents(t *testing.T, text string) (all []string) {
	t.Helper()
	r := yaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		data, err := r.Read()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(bytes.TrimSpace(data)) > 0 {
			all = append(all, string(data))
		}
	}
}

func operators(document string) bool {
	for _, kind := range ofOperator {
		if strings.Contains(document, "\nkind: "+kind+"\n") {
			return true
		}
	}
	return false
}

// TestLint: helm lint has nothing to say.
func TestLint(t *testing.T) {
	for name, values := range variants(t) {
		for _, m := range lint.AllWithKubeVersion(folder, values, "fta", &version).Messages {
			if m.Severity > support.InfoSev {
				t.Errorf("%s: %v", name, m)
			}
		}
	}
}

// TestStrict: the checks would find a field that Kubernetes does not know, which it drops without a word.
func TestStrict(t *testing.T) {
	files, err := render(nil)
	if err != nil {
		t.Fatal(err)
	}
	strict := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	text := files["fta-gateway/templates/statefulset.yaml"]
	for was, is := range map[string]string{"readOnlyRootFilesystem": "readonlyRootFilesystem", "podManagementPolicy": "managementPolicy", "periodSeconds: 15": "periodSeconds: often"} {
		if _, _, err := strict.Decode([]byte(strings.Replace(text, was, is, 1)), nil, nil); err == nil {
			t.Errorf("%q in the place of %q: decoded", is, was)
		}
	}
}

// TestSchema: values that can never work are refused by their name.
func TestSchema(t *testing.T) {
	for text, want := range map[string]string{
		"replicas: 0":                                                "replicas",
		"replica: 3":                                                 "replica",
		"image: {repository: fta, tag: latest}":                      "tag",
		"config: {ledgers: {}, listen: 0.0.0.0}":                     "listen",
		"config: {ledgers: {Trade: {}}}":                             "Trade",
		"keys: {secret: Keys, signing: a.pem}":                       "secret",
		"keys: {signing: ../a.pem}":                                  "signing",
		"resources: {limits: {memory: lots}}":                        "memory",
		"redis: {url: \"redis://:secret@redis:6379\"}":               "url",
		"redis: {url: \"http://redis:6379\"}":                        "url",
		"redis: {url: \"redis://redis:6379\"}":                       "redis.egress.to",
		"config: {ledgers: {}, cache: {redisKey: a}}":                "redisKey",
		"storage: {size: 10}":                                        "size",
		"service: {type: Ingress}":                                   "type",
		"door: {hosts: []}":                                          "hosts",
		"networkPolicy: {egress: [{to: [], ports: [{port: 6379}]}]}": "to",
		"networkPolicy: {staffFrom: [{}]}":                           "staffFrom",
		"files: {a/b.yaml: x}":                                       "a/b.yaml",
		"monitoring: {serviceMonitor: {interval: often}}":            "interval",
	} {
		values, err := chartutil.ReadValues([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := render(values); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to name %s", text, err, want)
		}
	}
}

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // Helm tells there that a link was followed: that of the alerts
	dir, err := os.MkdirTemp("", "fta-checks-")
	if err == nil {
		fta, err = built.FTA(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// fta is the command, built once for all tests.
var fta string
