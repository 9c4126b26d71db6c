package helm_test

import (
	"slices"
	"strings"
	"testing"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// chart is what was rendered, by kind.
type chart struct {
	set      *apps.StatefulSet
	services []*core.Service
	configs  map[string]*core.ConfigMap
	budget   *policy.PodDisruptionBudget
	network  *networking.NetworkPolicy
	others   []string
}

func rendered(t *testing.T, values map[string]any) (c chart, all []runtime.Object) {
	t.Helper()
	files, err := render(values)
	if err != nil {
		t.Fatal(err)
	}
	all, c.others = decode(t, files)
	c.configs = map[string]*core.ConfigMap{}
	for _, o := range all {
		switch o := o.(type) {
		case *apps.StatefulSet:
			c.set = o
		case *core.Service:
			c.services = append(c.services, o)
		case *core.ConfigMap:
			c.configs[o.Name] = o
		case *policy.PodDisruptionBudget:
			c.budget = o
		case *networking.NetworkPolicy:
			c.network = o
		default:
			t.Errorf("%T is not expected", o)
		}
	}
	if c.set == nil || len(c.services) != 2 || c.budget == nil {
		t.Fatalf("%+v", c)
	}
	return c, all
}

// TestObjects holds every object to the forms of names and labels, and what refers to another one to its being there: an
// API server takes a selector that selects nothing, and a mount of no volume only fails later.
func TestObjects(t *testing.T) {
	for name, values := range variants(t) {
		t.Run(name, func(t *testing.T) {
			c, all := rendered(t, values)
			checkMeta(t, all)
			checkSelectors(t, c)
			checkMounts(t, c)
			checkPorts(t, c)
			checkContainers(t, c)
		})
	}
}

func checkMeta(t *testing.T, all []runtime.Object) {
	t.Helper()
	for _, o := range all {
		m, err := meta.Accessor(o)
		if err != nil {
			t.Fatal(err)
		}
		faults := validation.ValidateObjectMetaAccessor(withNamespace(m), true, validation.NameIsDNSSubdomain, field.NewPath("metadata"))
		faults = append(faults, metavalidation.ValidateLabels(m.GetLabels(), field.NewPath("metadata", "labels"))...)
		if len(faults) > 0 {
			t.Errorf("%T %s: %v", o, m.GetName(), faults)
		}
	}
}

func withNamespace(m metav1.Object) metav1.Object {
	m.SetNamespace("fta")
	return m
}

func checkSelectors(t *testing.T, c chart) {
	t.Helper()
	pod := labels.Set(c.set.Spec.Template.Labels)
	selectors := map[string]*metav1.LabelSelector{"the set": c.set.Spec.Selector, "the budget": c.budget.Spec.Selector}
	for _, s := range c.services {
		selectors["service "+s.Name] = &metav1.LabelSelector{MatchLabels: s.Spec.Selector}
	}
	if c.network != nil {
		selectors["the network policy"] = &c.network.Spec.PodSelector
	}
	for what, s := range selectors {
		selector, err := metav1.LabelSelectorAsSelector(s)
		if err != nil || selector.Empty() || !selector.Matches(pod) {
			t.Errorf("%s does not select the pods: %v, %v", what, s, err)
		}
	}
	if !slices.ContainsFunc(c.services, func(s *core.Service) bool {
		return s.Name == c.set.Spec.ServiceName && s.Spec.ClusterIP == core.ClusterIPNone
	}) {
		t.Errorf("the set's service %s is not there", c.set.Spec.ServiceName)
	}
}

func checkMounts(t *testing.T, c chart) {
	t.Helper()
	there := map[string]bool{}
	for _, v := range c.set.Spec.Template.Spec.Volumes {
		there[v.Name] = true
		if v.ConfigMap != nil && c.configs[v.ConfigMap.Name] == nil && v.ConfigMap.Name != "participants" {
			t.Errorf("volume %s: no ConfigMap %s", v.Name, v.ConfigMap.Name)
		}
	}
	for _, v := range c.set.Spec.VolumeClaimTemplates {
		there[v.Name] = true
	}
	used := map[string]bool{}
	for _, container := range c.set.Spec.Template.Spec.Containers {
		for _, m := range container.VolumeMounts {
			used[m.Name] = true
			if !there[m.Name] {
				t.Errorf("%s mounts %s, which is no volume", container.Name, m.Name)
			}
		}
	}
	for name := range there {
		if !used[name] {
			t.Errorf("volume %s is mounted nowhere", name)
		}
	}
}

// checkPorts holds what names a port to there being one.
func checkPorts(t *testing.T, c chart) {
	t.Helper()
	there := map[string]bool{}
	for _, container := range c.set.Spec.Template.Spec.Containers {
		for _, p := range container.Ports {
			there[p.Name] = true
		}
	}
	for _, s := range c.services {
		for _, p := range s.Spec.Ports {
			if !there[p.TargetPort.String()] {
				t.Errorf("service %s leads to %s, which is no port", s.Name, p.TargetPort.String())
			}
		}
	}
	if c.network == nil {
		return
	}
	for _, rule := range c.network.Spec.Ingress {
		for _, p := range rule.Ports {
			if !there[p.Port.String()] {
				t.Errorf("the network policy lets in to %s, which is no port", p.Port.String())
			}
		}
		if len(rule.From) == 0 {
			t.Error("the network policy lets everybody in")
		}
	}
}

func checkContainers(t *testing.T, c chart) {
	t.Helper()
	pod := c.set.Spec.Template.Spec
	if s := pod.SecurityContext; s == nil || s.RunAsNonRoot == nil || !*s.RunAsNonRoot || *pod.AutomountServiceAccountToken {
		t.Error("the pod may be root, or holds a token that it does not need")
	}
	for _, container := range pod.Containers {
		s := container.SecurityContext
		for what, holds := range map[string]bool{
			"its root file system is read-only": *s.ReadOnlyRootFilesystem,
			"it gains no privileges":            !*s.AllowPrivilegeEscalation && slices.Contains(s.Capabilities.Drop, "ALL"),
			"its memory is bounded":             !container.Resources.Limits.Memory().IsZero(),
			"it says what it needs":             !container.Resources.Requests.Memory().IsZero() && !container.Resources.Requests.Cpu().IsZero(),
			"it says whether it lives":          container.LivenessProbe != nil,
			"it says whether it is ready":       container.ReadinessProbe != nil,
			"its image is of one version":       !strings.HasSuffix(container.Image, ":latest") && strings.Contains(container.Image, ":"),
		} {
			if !holds {
				t.Errorf("%s: not so: %s", container.Name, what)
			}
		}
	}
}

// TestNetworkPolicy: by default a gateway gets to names and to evidence servers on public https, and to nothing else;
// what all of its variants let out besides is what the values list.
func TestNetworkPolicy(t *testing.T) {
	c, _ := rendered(t, nil)
	var out []string
	for _, rule := range c.network.Spec.Egress {
		if len(rule.To) == 0 || len(rule.Ports) == 0 {
			t.Errorf("lets out to anywhere: %v", rule)
		}
		for _, p := range rule.Ports {
			out = append(out, string(*p.Protocol)+"/"+p.Port.String())
		}
	}
	if got := strings.Join(out, " "); got != "UDP/53 TCP/53 TCP/443" {
		t.Errorf("lets out to %s", got)
	}
	all, _ := rendered(t, variants(t)["all"])
	if got := len(all.network.Spec.Egress); got != 4 {
		t.Errorf("%d rules for what goes out, want 4", got)
	}
	if one, _ := rendered(t, variants(t)["one"]); one.network != nil {
		t.Error("a network policy where none is wanted")
	}
}
