package helm_test

import (
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
)

// TestRedis: where a Redis is named, the gateway is told of it and of the files of its Secret, which only the gateway
// mounts, and the network policy lets out to it; where none is, nothing speaks of one.
func TestRedis(t *testing.T) {
	c, _ := rendered(t, variants(t)["all"])
	settings := c.configs["customs"].Data["gateway.yaml"]
	for _, want := range []string{"redis: rediss://redis.example:6380/0", "redisKey: /run/redis/seal", "redisPassword: /run/redis/password", "redisTimeout: 100ms"} {
		if !strings.Contains(settings, want) {
			t.Errorf("no %q in\n%s", want, settings)
		}
	}
	for _, container := range c.set.Spec.Template.Spec.Containers {
		if mounts(container) != (container.Name == "gateway") {
			t.Errorf("%s mounts %v", container.Name, container.VolumeMounts)
		}
	}
	if got := secretOf(c); got != "redis" {
		t.Errorf("what stands in Redis is sealed by what is in the Secret %q", got)
	}
	if !letsOut(c, 6380) {
		t.Errorf("the network policy keeps gateways from Redis: %v", c.network.Spec.Egress)
	}
	without, _ := rendered(t, nil)
	if settings := without.configs["customs"].Data["gateway.yaml"]; strings.Contains(settings, "redis") || secretOf(without) != "" || letsOut(without, 6379) {
		t.Errorf("a Redis where none is named:\n%s", settings)
	}
}

func mounts(container core.Container) bool {
	for _, m := range container.VolumeMounts {
		if m.MountPath == "/run/redis" {
			return m.Name == "redis" && m.ReadOnly
		}
	}
	return false
}

func secretOf(c chart) string {
	for _, v := range c.set.Spec.Template.Spec.Volumes {
		if v.Name == "redis" {
			return v.Secret.SecretName
		}
	}
	return ""
}

func letsOut(c chart, port int) bool {
	for _, rule := range c.network.Spec.Egress {
		for _, p := range rule.Ports {
			if p.Port.IntValue() == port && len(rule.To) == 1 {
				return true
			}
		}
	}
	return false
}
