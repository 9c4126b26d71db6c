// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package contract

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// FTALedgerMetaData contains all meta data concerning the FTALedger contract.
var FTALedgerMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"stands\",\"type\":\"uint64\"}],\"name\":\"Conflict\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"Empty\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"sender\",\"type\":\"address\"}],\"name\":\"NotAWriter\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"sender\",\"type\":\"address\"}],\"name\":\"NotTheOwner\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"writer\",\"type\":\"address\"}],\"name\":\"Admitted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint64\",\"name\":\"version\",\"type\":\"uint64\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"body\",\"type\":\"bytes\"}],\"name\":\"Appended\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"writer\",\"type\":\"address\"}],\"name\":\"Dismissed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"lookup\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"}],\"name\":\"Led\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"writer\",\"type\":\"address\"}],\"name\":\"admit\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"expect\",\"type\":\"uint64\"},{\"internalType\":\"bytes\",\"name\":\"body\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"lookups\",\"type\":\"bytes32[]\"}],\"name\":\"append\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"writer\",\"type\":\"address\"}],\"name\":\"dismiss\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"isWriter\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"key\",\"type\":\"bytes32\"}],\"name\":\"standing\",\"outputs\":[{\"internalType\":\"uint64\",\"name\":\"version\",\"type\":\"uint64\"},{\"internalType\":\"uint64\",\"name\":\"blockNumber\",\"type\":\"uint64\"},{\"internalType\":\"bytes23\",\"name\":\"digest\",\"type\":\"bytes23\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "FTALedger",
	Bin: "0x60a0806040523460305733608052610960908161003682396080518181816101df015281816103d001526108b20152f35b600080fdfe6080604052600436101561001257600080fd5b60003560e01c806328c7a649146102c85780632b29ba231461025b5780637bbca57f146102035780638da5cb5b14610194578063a8639de5146100bd5763e7bdd0bf1461005e57600080fd5b346100b85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b85760043573ffffffffffffffffffffffffffffffffffffffff811681036100b8576100b69061089b565b005b600080fd5b346100b85760807ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b85760243567ffffffffffffffff811681036100b8576044359067ffffffffffffffff82116100b857366023830112156100b85781600401359167ffffffffffffffff83116100b85736602484830101116100b8576064359267ffffffffffffffff84116100b857366023850112156100b85783600401359267ffffffffffffffff84116100b8573660248560051b870101116100b8576024806100b696019301906004356104b1565b346100b85760007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b857602060405173ffffffffffffffffffffffffffffffffffffffff7f0000000000000000000000000000000000000000000000000000000000000000168152f35b346100b85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b85760043573ffffffffffffffffffffffffffffffffffffffff811681036100b8576100b6906103b9565b346100b85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b85760043573ffffffffffffffffffffffffffffffffffffffff81168091036100b8576000526001602052602060ff604060002054166040519015158152f35b346100b85760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100b8576004356000526000602052606060408060002061031261036a565b90547fffffffffffffffffffffffffffffffffffffffffffffff0000000000000000008160481b169182815264ffffffffff8260b81c169182602083015260e01c938491015260405192835260208301526040820152f35b604051906060820182811067ffffffffffffffff82111761038a57604052565b7f4e487b7100000000000000000000000000000000000000000000000000000000600052604160045260246000fd5b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001633036104835773ffffffffffffffffffffffffffffffffffffffff1680600052600160205260ff6040600020541661048057806000526001602052604060002060017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff008254161790557fdfffcc74ce5eaf5909e870d33a7787e833034f6dd17dc1ce5ed71d668f2eee06600080a2565b50565b7ff9ebb4c7000000000000000000000000000000000000000000000000000000006000523360045260246000fd5b9392919033600052600160205260ff604060002054161561086d5784158015610865575b61083b578460005260006020526040600020926104f061036a565b93547fffffffffffffffffffffffffffffffffffffffffffffff0000000000000000008160481b16855264ffffffffff8160b81c166020860152604085019060e01c815267ffffffffffffffff821161038a577fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f830116926040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0603f860116810181811067ffffffffffffffff82111761038a576040528381526020810136858801116100b8577fffffffffffffffffffffffffffffffffffffffffffffff0000000000000000009185888337600060208783010152519020169567ffffffffffffffff63ffffffff845116921680830361076b5750505063ffffffff6001915116019363ffffffff851161073c5786937f6676c8c9660934b0f2c116f9ce7c9c9ec4e60e0cd192e9e9e9fb04984d4cf7749360409261065261036a565b908152602081019764ffffffffff4316895263ffffffff8583019116988982528860005260006020527fffffffff000000000000000000000000000000000000000000000000000000007bffffffffff000000000000000000000000000000000000000000000087600020945160481c925160b81b16925160e01b1691171790556000838581519687956020875281602088015283870137840101528101030190a360005b83811015610736576001908360007f24b53d0e71273cbea20d93d62a6bc8952ae40d8ac79c95a1897ddab4455369c38360051b8601359180a3016106f7565b50505050565b7f4e487b7100000000000000000000000000000000000000000000000000000000600052601160045260246000fd5b94509450955096505083969496151593846107fb575b5050826107ce575b50506107c9575063ffffffff905116907fbf4c82a70000000000000000000000000000000000000000000000000000000060005260045260245260446000fd5b915050565b517fffffffffffffffffffffffffffffffffffffffffffffff000000000000000000161490503880610789565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff919294500163ffffffff811161073c5763ffffffff1614913880610781565b7f3db2a12a0000000000000000000000000000000000000000000000000000000060005260046000fd5b5082156104d5565b7f1bf2392f000000000000000000000000000000000000000000000000000000006000523360045260246000fd5b73ffffffffffffffffffffffffffffffffffffffff7f00000000000000000000000000000000000000000000000000000000000000001633036104835773ffffffffffffffffffffffffffffffffffffffff1680600052600160205260ff60406000205416156104805780600052600160205260406000207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0081541690557f624dfc3b5c34044b799e75038943b2e112aaefd6daa24578f651a4682fdef593600080a256",
}

// FTALedger is an auto generated Go binding around an Ethereum contract.
type FTALedger struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *FTALedger) GetABI() abi.ABI {
	return c.abi
}

// NewFTALedger creates a new instance of FTALedger.
func NewFTALedger() *FTALedger {
	parsed, err := FTALedgerMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &FTALedger{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *FTALedger) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7bbca57f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function admit(address writer) returns()
func (fTALedger *FTALedger) PackAdmit(writer common.Address) []byte {
	enc, err := fTALedger.abi.Pack("admit", writer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7bbca57f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function admit(address writer) returns()
func (fTALedger *FTALedger) TryPackAdmit(writer common.Address) ([]byte, error) {
	return fTALedger.abi.Pack("admit", writer)
}

// PackAppend is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8639de5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function append(bytes32 key, uint64 expect, bytes body, bytes32[] lookups) returns()
func (fTALedger *FTALedger) PackAppend(key [32]byte, expect uint64, body []byte, lookups [][32]byte) []byte {
	enc, err := fTALedger.abi.Pack("append", key, expect, body, lookups)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAppend is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa8639de5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function append(bytes32 key, uint64 expect, bytes body, bytes32[] lookups) returns()
func (fTALedger *FTALedger) TryPackAppend(key [32]byte, expect uint64, body []byte, lookups [][32]byte) ([]byte, error) {
	return fTALedger.abi.Pack("append", key, expect, body, lookups)
}

// PackDismiss is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe7bdd0bf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function dismiss(address writer) returns()
func (fTALedger *FTALedger) PackDismiss(writer common.Address) []byte {
	enc, err := fTALedger.abi.Pack("dismiss", writer)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDismiss is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe7bdd0bf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function dismiss(address writer) returns()
func (fTALedger *FTALedger) TryPackDismiss(writer common.Address) ([]byte, error) {
	return fTALedger.abi.Pack("dismiss", writer)
}

// PackIsWriter is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b29ba23.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isWriter(address account) view returns(bool)
func (fTALedger *FTALedger) PackIsWriter(account common.Address) []byte {
	enc, err := fTALedger.abi.Pack("isWriter", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsWriter is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b29ba23.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isWriter(address account) view returns(bool)
func (fTALedger *FTALedger) TryPackIsWriter(account common.Address) ([]byte, error) {
	return fTALedger.abi.Pack("isWriter", account)
}

// UnpackIsWriter is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b29ba23.
//
// Solidity: function isWriter(address account) view returns(bool)
func (fTALedger *FTALedger) UnpackIsWriter(data []byte) (bool, error) {
	out, err := fTALedger.abi.Unpack("isWriter", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (fTALedger *FTALedger) PackOwner() []byte {
	enc, err := fTALedger.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (fTALedger *FTALedger) TryPackOwner() ([]byte, error) {
	return fTALedger.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (fTALedger *FTALedger) UnpackOwner(data []byte) (common.Address, error) {
	out, err := fTALedger.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28c7a649.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function standing(bytes32 key) view returns(uint64 version, uint64 blockNumber, bytes23 digest)
func (fTALedger *FTALedger) PackStanding(key [32]byte) []byte {
	enc, err := fTALedger.abi.Pack("standing", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStanding is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28c7a649.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function standing(bytes32 key) view returns(uint64 version, uint64 blockNumber, bytes23 digest)
func (fTALedger *FTALedger) TryPackStanding(key [32]byte) ([]byte, error) {
	return fTALedger.abi.Pack("standing", key)
}

// StandingOutput serves as a container for the return parameters of contract
// method Standing.
type StandingOutput struct {
	Version     uint64
	BlockNumber uint64
	Digest      [23]byte
}

// UnpackStanding is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x28c7a649.
//
// Solidity: function standing(bytes32 key) view returns(uint64 version, uint64 blockNumber, bytes23 digest)
func (fTALedger *FTALedger) UnpackStanding(data []byte) (StandingOutput, error) {
	out, err := fTALedger.abi.Unpack("standing", data)
	outstruct := new(StandingOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Version = *abi.ConvertType(out[0], new(uint64)).(*uint64)
	outstruct.BlockNumber = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	outstruct.Digest = *abi.ConvertType(out[2], new([23]byte)).(*[23]byte)
	return *outstruct, nil
}

// FTALedgerAdmitted represents a Admitted event raised by the FTALedger contract.
type FTALedgerAdmitted struct {
	Writer common.Address
	Raw    *types.Log // Blockchain specific contextual infos
}

const FTALedgerAdmittedEventName = "Admitted"

// ContractEventName returns the user-defined event name.
func (FTALedgerAdmitted) ContractEventName() string {
	return FTALedgerAdmittedEventName
}

// UnpackAdmittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Admitted(address indexed writer)
func (fTALedger *FTALedger) UnpackAdmittedEvent(log *types.Log) (*FTALedgerAdmitted, error) {
	event := "Admitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != fTALedger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(FTALedgerAdmitted)
	if len(log.Data) > 0 {
		if err := fTALedger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range fTALedger.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// FTALedgerAppended represents a Appended event raised by the FTALedger contract.
type FTALedgerAppended struct {
	Key     [32]byte
	Version uint64
	Body    []byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const FTALedgerAppendedEventName = "Appended"

// ContractEventName returns the user-defined event name.
func (FTALedgerAppended) ContractEventName() string {
	return FTALedgerAppendedEventName
}

// UnpackAppendedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Appended(bytes32 indexed key, uint64 indexed version, bytes body)
func (fTALedger *FTALedger) UnpackAppendedEvent(log *types.Log) (*FTALedgerAppended, error) {
	event := "Appended"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != fTALedger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(FTALedgerAppended)
	if len(log.Data) > 0 {
		if err := fTALedger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range fTALedger.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// FTALedgerDismissed represents a Dismissed event raised by the FTALedger contract.
type FTALedgerDismissed struct {
	Writer common.Address
	Raw    *types.Log // Blockchain specific contextual infos
}

const FTALedgerDismissedEventName = "Dismissed"

// ContractEventName returns the user-defined event name.
func (FTALedgerDismissed) ContractEventName() string {
	return FTALedgerDismissedEventName
}

// UnpackDismissedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Dismissed(address indexed writer)
func (fTALedger *FTALedger) UnpackDismissedEvent(log *types.Log) (*FTALedgerDismissed, error) {
	event := "Dismissed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != fTALedger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(FTALedgerDismissed)
	if len(log.Data) > 0 {
		if err := fTALedger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range fTALedger.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// FTALedgerLed represents a Led event raised by the FTALedger contract.
type FTALedgerLed struct {
	Lookup [32]byte
	Key    [32]byte
	Raw    *types.Log // Blockchain specific contextual infos
}

const FTALedgerLedEventName = "Led"

// ContractEventName returns the user-defined event name.
func (FTALedgerLed) ContractEventName() string {
	return FTALedgerLedEventName
}

// UnpackLedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Led(bytes32 indexed lookup, bytes32 indexed key)
func (fTALedger *FTALedger) UnpackLedEvent(log *types.Log) (*FTALedgerLed, error) {
	event := "Led"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != fTALedger.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(FTALedgerLed)
	if len(log.Data) > 0 {
		if err := fTALedger.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range fTALedger.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (fTALedger *FTALedger) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], fTALedger.abi.Errors["Conflict"].ID.Bytes()[:4]) {
		return fTALedger.UnpackConflictError(raw[4:])
	}
	if bytes.Equal(raw[:4], fTALedger.abi.Errors["Empty"].ID.Bytes()[:4]) {
		return fTALedger.UnpackEmptyError(raw[4:])
	}
	if bytes.Equal(raw[:4], fTALedger.abi.Errors["NotAWriter"].ID.Bytes()[:4]) {
		return fTALedger.UnpackNotAWriterError(raw[4:])
	}
	if bytes.Equal(raw[:4], fTALedger.abi.Errors["NotTheOwner"].ID.Bytes()[:4]) {
		return fTALedger.UnpackNotTheOwnerError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// FTALedgerConflict represents a Conflict error raised by the FTALedger contract.
type FTALedgerConflict struct {
	Key    [32]byte
	Stands uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Conflict(bytes32 key, uint64 stands)
func FTALedgerConflictErrorID() common.Hash {
	return common.HexToHash("0xbf4c82a7faa57813071150a756738d6ce6a08f6f7971f14812cccdb58952e0a7")
}

// UnpackConflictError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Conflict(bytes32 key, uint64 stands)
func (fTALedger *FTALedger) UnpackConflictError(raw []byte) (*FTALedgerConflict, error) {
	out := new(FTALedgerConflict)
	if err := fTALedger.abi.UnpackIntoInterface(out, "Conflict", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// FTALedgerEmpty represents a Empty error raised by the FTALedger contract.
type FTALedgerEmpty struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Empty()
func FTALedgerEmptyErrorID() common.Hash {
	return common.HexToHash("0x3db2a12a1fcfb6e2e0de8666c64b3244166edb7b25b200204a8d0cca9b65cf37")
}

// UnpackEmptyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Empty()
func (fTALedger *FTALedger) UnpackEmptyError(raw []byte) (*FTALedgerEmpty, error) {
	out := new(FTALedgerEmpty)
	if err := fTALedger.abi.UnpackIntoInterface(out, "Empty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// FTALedgerNotAWriter represents a NotAWriter error raised by the FTALedger contract.
type FTALedgerNotAWriter struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAWriter(address sender)
func FTALedgerNotAWriterErrorID() common.Hash {
	return common.HexToHash("0x1bf2392fd445bd8c96df9bb3092631d002ff6e77f03903867763952a296c57ac")
}

// UnpackNotAWriterError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAWriter(address sender)
func (fTALedger *FTALedger) UnpackNotAWriterError(raw []byte) (*FTALedgerNotAWriter, error) {
	out := new(FTALedgerNotAWriter)
	if err := fTALedger.abi.UnpackIntoInterface(out, "NotAWriter", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// FTALedgerNotTheOwner represents a NotTheOwner error raised by the FTALedger contract.
type FTALedgerNotTheOwner struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotTheOwner(address sender)
func FTALedgerNotTheOwnerErrorID() common.Hash {
	return common.HexToHash("0xf9ebb4c7a30845809c8d7e71d8335ed7245ec782108261b25930c76aa8331af2")
}

// UnpackNotTheOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotTheOwner(address sender)
func (fTALedger *FTALedger) UnpackNotTheOwnerError(raw []byte) (*FTALedgerNotTheOwner, error) {
	out := new(FTALedgerNotTheOwner)
	if err := fTALedger.abi.UnpackIntoInterface(out, "NotTheOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}
