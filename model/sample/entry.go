package sample

import "github.com/ftagateway/ftagateway/model"

// SecondSummary is another entry under the certificate of Summary(model.USMCA, ...).
func SecondSummary(cert model.Pin) *model.EntrySummary {
	s := Summary(model.USMCA, cert)
	s.EntryNumber = EntryUSMCASecond
	s.SummaryDate, s.EntryDate = model.MustDate("2026-12-01"), model.MustDate("2026-11-21")
	s.ImportDate, s.ExportDate = model.MustDate("2026-11-21"), model.MustDate("2026-11-20")
	s.BillOfLading = "NLTX26112014"
	s.Lines = s.Lines[:1]
	s.CountryOfOrigin = "MX"
	s.Totals = &model.Totals{EnteredValue: s.Lines[0].EnteredValue}
	s.Remarks = ""
	return s
}

// Long is an entry summary of n lines, up to 999, under one USMCA certificate.
func Long(n int, cert model.Pin) *model.EntrySummary {
	s := SecondSummary(cert)
	first := s.Lines[0]
	s.Lines, s.Totals = make([]model.Line, n), nil
	for i := range s.Lines {
		s.Lines[i] = first
		s.Lines[i].Number = i + 1
	}
	return s
}

// Disposition is what customs decides about the entry summary that entry pins.
func Disposition(action string, entry model.Pin) *model.EntryDisposition {
	d := &model.EntryDisposition{Entry: entry, Action: action, DecidedOn: model.MustDate("2026-11-23"), Team: "A12"}
	switch action {
	case model.ActionReject:
		d.ReasonCodes = []string{"004", model.ReasonOther}
		d.Remarks = "Line 1: the certificate does not name the importer of record."
	case model.ActionCancel, model.ActionInactivate, model.ActionLiquidate:
		d.Remarks = "At the filer's request."
	}
	return d
}

// Participant is a party with its roles and keys, valid through 2026 to 2028.
func Participant(party model.Party, roles []model.ParticipantRole, keys ...model.ParticipantKey) *model.Participant {
	from, _ := model.ParseInstant("2026-01-01T00:00:00Z")
	until, _ := model.ParseInstant("2028-12-31T23:59:59Z")
	for i := range keys {
		if keys[i].ValidFrom.IsZero() {
			keys[i].ValidFrom = from
		}
	}
	return &model.Participant{Party: party, Roles: roles, Keys: keys, EvidenceServer: "https://evidence.example/trade",
		ValidFrom: from, ValidUntil: until}
}
