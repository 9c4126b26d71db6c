package binding

// Section is what the ledger section of a mapping says about a contract. Every name in it is checked against the ABI when
// it is compiled.
type Section struct {
	Builtin     string            `json:"builtin" doc:"take everything that is not said here from a contract that the driver knows: reference"`
	Contract    string            `json:"contract" doc:"the contract's address; the URL may say it instead (?contract=)"`
	ABI         []any             `json:"abi" doc:"list of the contract's events, functions and errors: objects as compilers write them, or lines such as event Filed(bytes32 indexed id, bytes body)"`
	Deployed    uint64            `json:"deployed" doc:"the block that the contract stands in: logs are read from there on"`
	Finality    Finality          `json:"finality" doc:"what makes a block final: finalized (if it is not there), safe, latest, or {confirmations: 12}"`
	Events      []Event           `json:"events" doc:"the events that each bring a version of a key"`
	Lookups     []Lookup          `json:"lookups" doc:"the values that Find leads by"`
	Newest      *Newest           `json:"newest" doc:"the function that says at which version a key stands: what the logs say is held against it at each read of the newest version"`
	Append      *Append           `json:"append" doc:"how a version is written; without it the ledger is only read"`
	Errors      map[string]string `json:"errors" doc:"what the contract's own errors mean, by name: conflict, invalid, permission-denied, too-large, resource-exhausted, or unavailable"`
	Checkpoints []uint64          `json:"checkpoints" doc:"heights of blocks that anchors pin: a proof brings the headers up to the next one, at most 1,024"`
	Signer      *Signer           `json:"signer" doc:"the account that pays for and signs writes"`
	Fees        Fees              `json:"fees" doc:"what a write may cost"`
	LogSpan     uint64            `json:"logSpan" doc:"how many blocks one question for logs spans at most; 2,000 if it is not there, and halved where the node refuses"`
}

// Event is an event that brings a version.
type Event struct {
	Event   string `json:"event" doc:"the event's name, or name(types) where several share it"`
	Key     string `json:"key" doc:"the argument that is the key; spelled as text, decimal number, or 0x and hexadecimal"`
	Version string `json:"version" doc:"the argument that is the version; without it the events of a key are counted, by block where there is a state"`
	Body    string `json:"body" doc:"the argument (bytes or string) that is the whole body; without it the body is {\"event\", \"arguments\", \"state\"} in canonical JSON"`
	State   *State `json:"state" doc:"a view function that is called at the event's block; what it answers is the body's state"`
	Author  string `json:"author" doc:"the argument that is the author's address; without it the sender of the transaction is the author"`
	Deleted bool   `json:"deleted" doc:"the event ends the key's content: a version without body"`
}

// State is a view function that says what stands under a key.
type State struct {
	Function  string   `json:"function" doc:"the function's name"`
	Arguments []string `json:"arguments" doc:"what it is given, in order: key, version"`
}

// Lookup is where an event has a value that Find leads by.
type Lookup struct {
	Name     string `json:"name" doc:"the lookup's name; empty for any name"`
	Event    string `json:"event" doc:"the event that has the value: one that brings a version, or one of its own"`
	Key      string `json:"key" doc:"the argument of that event that is the key; not needed where the event brings a version"`
	Argument string `json:"argument" doc:"the argument that is the value, or a list of values"`
	Encoding string `json:"encoding" doc:"value (if it is not there): spelled as the argument's type is; keccak256: the argument is the hash of the value's text"`
}

// Newest is a view function that says at which version a key stands.
type Newest struct {
	Function  string   `json:"function" doc:"the function's name"`
	Arguments []string `json:"arguments" doc:"what it is given: key"`
	Version   string   `json:"version" doc:"which of its results is the version, by name or place from 0; 0 says that there is none"`
	Digest    string   `json:"digest" doc:"which of its results is the Keccak-256 hash of the body of that version, or the first bytes of it; it need not be there"`
}

// Append is the function that writes a version.
type Append struct {
	Function  string   `json:"function" doc:"the function's name"`
	Arguments []string `json:"arguments" doc:"what it is given, in order: key, expect (the version that stands), version (expect + 1), body, lookups, or a JSON pointer into the body"`
	Lookups   string   `json:"lookups" doc:"how the values of lookups are given: keccak256 (if it is not there) or value"`
	MaxBody   int      `json:"maxBody" doc:"the most bytes of a body that the contract takes, where that is less than a transaction holds"`
}

// Signer is where the account's key comes from. It is never logged.
type Signer struct {
	Keystore    string `json:"keystore" doc:"an encrypted keystore file (Web3 secret storage, as geth writes it)"`
	PasswordEnv string `json:"passwordEnv" doc:"the environment variable that has the keystore's password"`
	KeyEnv      string `json:"keyEnv" doc:"the environment variable that has the private key in hexadecimal, instead of a keystore"`
}

// Fees bound what a write may cost.
type Fees struct {
	MaxFeeGwei  float64 `json:"maxFeeGwei" doc:"the most per gas, base fee and tip together; 100 if it is not there"`
	TipGwei     float64 `json:"tipGwei" doc:"the tip per gas that is offered first; 1 if it is not there"`
	MaxGas      uint64  `json:"maxGas" doc:"the most gas that one write may use; 16,000,000 if it is not there"`
	ReplaceSecs uint64  `json:"replaceSeconds" doc:"after so long without a block a write is sent again with a higher tip; 60 if it is not there"`
}
