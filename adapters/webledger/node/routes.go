package node

import (
	"encoding/json"
	"net/http"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// routes are the protocol's calls. Clients follow the service map and never build a path below the agent.
func (n *Node) routes() *http.ServeMux {
	mux := http.NewServeMux()
	agent := "/ledger-agents/" + n.agentID()
	mux.HandleFunc("GET /ledger-agents", n.getAgents)
	mux.HandleFunc("GET "+agent, n.getAgent)
	mux.HandleFunc("POST "+agent+"/operations", n.postOperation)
	mux.HandleFunc("POST "+agent+"/config", n.postConfiguration)
	mux.HandleFunc("GET "+agent+"/events", n.getEvent)
	mux.HandleFunc("GET "+agent+"/blocks", n.getBlocks)
	mux.HandleFunc("POST "+agent+"/query", n.queryRecord)
	mux.HandleFunc("GET "+agent+"/query", n.queryRecord)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { notFound("Resource").write(w) })
	return mux
}

func (n *Node) getAgents(w http.ResponseWriter, r *http.Request) {
	writeAs(w, protocol.AgentList{LedgerAgent: []protocol.AgentSummary{
		{ID: "urn:uuid:" + n.agentID(), Name: n.cfg.Name, Service: n.services(r)},
	}})
}

func (n *Node) getAgent(w http.ResponseWriter, r *http.Request) {
	_, st := n.app.inForce()
	writeAs(w, protocol.Agent{
		Context: protocol.ContextV1, ID: "urn:uuid:" + n.agentID(), LatestConfigEvent: st.ConfigEvent, Name: n.cfg.Name,
		Owner: n.cfg.Owner, Public: true, Service: n.services(r), TargetNode: n.TargetNode(),
	})
}

func (n *Node) services(r *http.Request) protocol.Services {
	base := n.cfg.BaseURL
	if base == "" {
		base = "http://" + r.Host
		if r.TLS != nil {
			base = "https://" + r.Host
		}
	}
	agent := base + "/ledger-agents/" + n.agentID()
	return protocol.Services{
		Status: agent, Config: agent + "/config", Operation: agent + "/operations", Event: agent + "/events",
		Block: agent + "/blocks", Query: agent + "/query",
	}
}

func writeAs(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		unavailable("the answer cannot be written").write(w)
		return
	}
	writeJSON(w, http.StatusOK, body)
}
