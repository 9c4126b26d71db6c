package protocol

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/ftagateway/ftagateway/ld"
)

// MaxSteps is how many steps a patch has at most.
const MaxSteps = 1000

// MaxStepBytes bounds the work of a patch: its steps times the bytes that each may have to walk.
const MaxStepBytes = 64 << 20

// Step is one step of an RFC 6902 patch. This protocol takes add, replace, remove and test; copy and move could grow
// a record far beyond what was sent.
type Step struct {
	Op    string
	Path  string // JSON pointer below the record: never the whole record
	Value any    // not for remove
}

func (st Step) object() ld.Object {
	obj := ld.Object{"op": st.Op, "path": st.Path}
	if st.Op != "remove" {
		obj["value"] = st.Value
	}
	return obj
}

// Diff gives the steps that turn one record into another by replacing, adding and removing whole top-level members, in
// the order of their names. There are none where the records are the same. It refuses to change the id.
func Diff(from, to ld.Object) ([]Step, error) {
	if from["id"] != to["id"] {
		return nil, fmt.Errorf("patch: id is %v and would become %v: an id stays", from["id"], to["id"])
	}
	names := maps.Clone(from)
	maps.Copy(names, to)
	var steps []Step
	for _, name := range slices.Sorted(maps.Keys(names)) {
		step, err := diffMember(name, from, to)
		if err != nil {
			return nil, fmt.Errorf("patch of member %q: %w", name, err)
		}
		if step.Op != "" {
			steps = append(steps, step)
		}
	}
	return steps, nil
}

func diffMember(name string, from, to ld.Object) (Step, error) {
	path := "/" + escapePointer(name)
	old, had := from[name]
	value, has := to[name]
	if !has {
		return Step{Op: "remove", Path: path}, nil
	}
	if !had {
		return Step{"add", path, value}, nil
	}
	a, errA := ld.DigestJCS(old)
	b, errB := ld.DigestJCS(value)
	if err := errors.Join(errA, errB); err != nil || a == b {
		return Step{}, err
	}
	return Step{"replace", path, value}, nil
}

var stepNeedsValue = map[string]bool{"add": true, "replace": true, "test": true, "remove": false}

func (s *shape) steps(steps []any) {
	for i, v := range steps {
		at := fmt.Sprintf("%s/patch/%d", s.at, i)
		obj, ok := v.(map[string]any)
		if !ok {
			s.faults.add(at, v, "must be an object")
			continue
		}
		newShape(at, obj, s.faults).step()
	}
}

func (s *shape) step() {
	op := s.text("op")
	needs, known := stepNeedsValue[op]
	if !known {
		s.fault("op", op, "must be add, replace, remove or test")
	}
	path, _ := s.member("path")
	if text, _ := path.(string); !isPointer(text) {
		s.fault("path", path, "must be a JSON pointer to something inside the record")
	}
	if value, has := s.member("value"); has != needs && known {
		s.fault("value", value, "must stand with add, replace and test, and not with remove")
	}
	s.closed()
}

// isPointer reports whether text is an RFC 6901 pointer of one token or more. Names with a "~" that escapes nothing
// mean different things to different libraries.
func isPointer(text string) bool {
	for rest := text; ; {
		i := strings.IndexByte(rest, '~')
		if i < 0 {
			return strings.HasPrefix(text, "/")
		}
		if i+1 == len(rest) || rest[i+1] != '0' && rest[i+1] != '1' {
			return false
		}
		rest = rest[i+2:]
	}
}

// patched applies steps to a record in canonical form and gives the new one in canonical form.
func patched(record []byte, steps []any) ([]byte, ld.Object, error) {
	text, err := ld.JCS(steps)
	if err != nil {
		return nil, nil, err
	}
	if len(steps)*(len(record)+len(text)) > MaxStepBytes {
		return nil, nil, fmt.Errorf("%d steps over %d bytes are more than a patch may take", len(steps), len(record))
	}
	out, err := applySteps(record, text)
	if err != nil {
		return nil, nil, err
	}
	obj, err := ld.Parse(out, ld.Limits{Bytes: MaxRecord})
	if err != nil {
		return nil, nil, err
	}
	out, err = ld.JCS(obj)
	return out, obj, err
}

// applySteps never panics: the library has done so on patches that others made up, and a node that stops is worse than
// a patch that fails.
func applySteps(record, steps []byte) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("patch cannot be applied: %v", r)
		}
	}()
	patch, err := jsonpatch.DecodePatch(steps)
	if err != nil {
		return nil, err
	}
	return patch.ApplyWithOptions(record, &jsonpatch.ApplyOptions{})
}
