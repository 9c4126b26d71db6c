package conformance

import (
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/schemas"
)

// Suite is a list of cases that is played as a whole, and has a version of its own.
type Suite struct {
	SuiteID
	Protocol string // the version of what it is played over, as its reports state it
	Cases    []Case
	Levels   []Level
}

// DriverSuite is the suite that Run plays.
func DriverSuite() Suite {
	return Suite{SuiteID{SuiteName, SuiteVersion}, ProtocolVersion, Cases(), Levels()}
}

// Case finds a case by its id.
func (s Suite) Case(id string) (Case, bool) {
	i := slices.IndexFunc(s.Cases, func(cs Case) bool { return cs.ID == id })
	if i < 0 {
		return Case{}, false
	}
	return s.Cases[i], true
}

// sourceSuite is what the rules for a report come from.
const sourceSuite = "conformance suite"

// Check holds a report, which may come from anywhere, against the suite of its version: every case of the levels that it
// claims is there once, in the suite's own words; what it says of a case agrees with what it says of the ledger; and its
// counts are those of its cases. Faults name the place in the report. A report that Run made of all cases has none.
func (s Suite) Check(r *Report) schemas.Faults {
	var fs schemas.Faults
	fs.Append(s.checkLevels(r))
	seen := map[string]bool{}
	for i, result := range r.Cases {
		at := schemas.Pointer("/cases", i)
		if seen[result.ID] {
			fs.Add(at+"/id", result.ID, "must not be there twice", sourceSuite)
		}
		seen[result.ID] = true
		fs.Append(s.checkResult(at, result, r))
	}
	for _, cs := range s.Cases {
		if slices.Contains(r.Levels, cs.Level) && !seen[cs.ID] {
			fs.Add("/cases", nil, "must hold "+cs.ID+", which is of a level that the report claims", sourceSuite)
		}
	}
	fs.Append(checkCounts(r))
	return fs
}

func (s Suite) checkLevels(r *Report) schemas.Faults {
	var fs schemas.Faults
	if len(r.Levels) == 0 {
		fs.Add("/levels", nil, "must name a level", sourceSuite)
	}
	for i, level := range r.Levels {
		if !slices.Contains(s.Levels, level) || slices.Contains(r.Levels[:i], level) {
			fs.Add(schemas.Pointer("/levels", i), string(level), "must be a level of the suite, once", sourceSuite)
		}
	}
	return fs
}

// checkResult holds what is said of one case against the suite's case.
func (s Suite) checkResult(at string, result Result, r *Report) schemas.Faults {
	var fs schemas.Faults
	cs, known := s.Case(result.ID)
	switch {
	case !known:
		fs.Add(at+"/id", result.ID, "must be the id of a case of the suite", sourceSuite)
		return fs
	case result.Level != cs.Level || result.Why != cs.Why || !slices.Equal(result.Steps, cs.Steps):
		fs.Add(at, result.ID, "must have the level, the reason and the steps that the suite gives this case", sourceSuite)
	case !slices.Contains(r.Levels, cs.Level):
		fs.Add(at+"/level", string(cs.Level), "must be a level that the report claims", sourceSuite)
	}
	fs.Append(checkOutcome(at, result, cs))
	if fault := contradicted(result, cs, r); fault != "" {
		fs.Add(at+"/outcome", string(result.Outcome), fault, sourceSuite)
	}
	return fs
}

func checkOutcome(at string, result Result, cs Case) schemas.Faults {
	var fs schemas.Faults
	if !slices.Contains([]Outcome{Pass, Fail, NotOffered}, result.Outcome) {
		fs.Add(at+"/outcome", string(result.Outcome), "must be pass, fail or notOffered", sourceSuite)
	}
	if (result.Outcome == Fail) != (result.Failure != nil) {
		fs.Add(at+"/failure", nil, "must be there if the case failed, and only then", sourceSuite)
	}
	needs := append([]Need{Need(driver.AbilityRead)}, cs.Needs...)
	if (result.Outcome == NotOffered) != (result.Needs != "") || result.Needs != "" && !slices.Contains(needs, result.Needs) {
		fs.Add(at+"/needs", string(result.Needs), "must be something that the case needs if it was not offered, and else be absent", sourceSuite)
	}
	return fs
}

// contradicted says why a case cannot have ended so on the ledger that the report describes; "" where it can. What else
// the harness gave is not in a report, and so not asked.
func contradicted(result Result, cs Case, r *Report) string {
	l := r.Ledger
	d := driver.Description{Abilities: l.Abilities, WriteMode: l.WriteMode, MaxBody: l.MaxBody, ForTesting: l.ForTesting}
	var h Harness
	if r.Mapping != (MappingID{}) {
		h.Mapping = &Mapping{MappingID: r.Mapping}
	}
	has := func(need Need) bool { return met(need, h, d) }
	switch result.Outcome {
	case NotOffered:
		if has(result.Needs) {
			return "must not be notOffered: the report has what it needs, " + string(result.Needs)
		}
	case Pass:
		for _, need := range cs.Needs {
			if told := slices.Contains(ofReport, need); told && !has(need) {
				return "must not be pass: the report is without what the case needs, " + string(need)
			}
		}
	}
	return ""
}

// ofReport are the needs that a report decides: by the ledger's description, and by the mapping that it names.
var ofReport = []Need{NeedMapping, NeedWrites, NeedCAS, NeedBodyLimit, needVersions, needFind, needChanges, needProve}

func checkCounts(r *Report) schemas.Faults {
	var fs schemas.Faults
	if sum := Summarise(r.Cases); r.Summary != sum {
		fs.Add("/summary", r.Summary, "must count the outcomes of the cases", sourceSuite)
	}
	if len(r.Left) > 0 && !r.Ledger.ForTesting {
		fs.Add("/left", len(r.Left), "must be empty: the ledger is not marked for testing, and so not written to", sourceSuite)
	}
	return fs
}
