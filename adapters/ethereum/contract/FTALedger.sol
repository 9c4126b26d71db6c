// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A ledger of records that only grows
/// @notice Holds versions 1, 2, 3 ... of the records that writers append under keys. A version that stands is never
/// changed, hidden or taken away, by nobody: there is no function for it, no proxy, no delegated call and no way to
/// destroy the contract. Its owner says who may write, and nothing else.
/// @dev A body is in the log of its transaction, where it costs a tenth of what storage would, and is proven by the
/// receipts of its block. Storage keeps one slot a key: enough to let one of two writers win, to recognise a write that
/// is sent again, to find the block of the newest version, and to hold its body against a digest.
contract FTALedger {
    /// @dev One slot. The first member lies in the lowest bits, so that the slot, read as a number, is
    /// version (32 bits) | block (40 bits) | digest (184 bits). Whoever proves a slot with eth_getProof relies on it.
    struct Standing {
        bytes23 digest;
        uint40 blockNumber;
        uint32 version;
    }

    /// @notice A version was written. The whole body is here: two topics lead to it by key and by version.
    event Appended(bytes32 indexed key, uint64 indexed version, bytes body);

    /// @notice A lookup leads to a key. One for each lookup of a write, after the write's own event.
    /// @param lookup the Keccak-256 hash of the lookup's value, or 32 bytes that were random from the start
    event Led(bytes32 indexed lookup, bytes32 indexed key);

    /// @notice Somebody may write from now on.
    event Admitted(address indexed writer);

    /// @notice Somebody may not write any more. What they wrote stands.
    event Dismissed(address indexed writer);

    /// @notice The key does not stand where the writer believed; it stands at this version (0: it was never written).
    error Conflict(bytes32 key, uint64 stands);

    /// @notice The sender may not write.
    error NotAWriter(address sender);

    /// @notice The sender may not say who writes.
    error NotTheOwner(address sender);

    /// @notice A body of no bytes, or the key of zeros: both are what a caller sends who forgot something.
    error Empty();

    /// @dev The first variable, so that the slot of a key is keccak256(key . 0).
    mapping(bytes32 key => Standing) private standings;

    mapping(address account => bool) private writers;

    /// @notice Who says who may write: the account that made the contract, for ever. It need not be a writer.
    address public immutable owner;

    constructor() {
        owner = msg.sender;
    }

    /// @notice Writes the version after `expect`, if the key stands there.
    /// @dev A transaction may reach the chain more than once: sent again after an answer was lost, or with another fee.
    /// So the write of what already stands succeeds, changes nothing and emits nothing. Anything else is a Conflict.
    /// @param key the record's key
    /// @param expect the version that stands; 0 for the first
    /// @param body the record's bytes, which the contract does not look into
    /// @param lookups what will lead to the key
    function append(bytes32 key, uint64 expect, bytes calldata body, bytes32[] calldata lookups) external {
        if (!writers[msg.sender]) revert NotAWriter(msg.sender);
        if (key == 0 || body.length == 0) revert Empty();

        Standing memory stands = standings[key];
        bytes23 digest = bytes23(keccak256(body));
        if (stands.version != expect) {
            // Counted down from what stands: `expect` is the caller's, and may be the largest number there is.
            bool replayed = stands.version != 0 && stands.version - 1 == expect && stands.digest == digest;
            if (replayed) return;
            revert Conflict(key, stands.version);
        }

        // Checked: the version after 4,294,967,295 does not exist. A block's number has room for ages.
        uint32 version = stands.version + 1;
        standings[key] = Standing({digest: digest, blockNumber: uint40(block.number), version: version});
        emit Appended(key, version, body);
        for (uint256 i = 0; i < lookups.length; i++) {
            emit Led(lookups[i], key);
        }
    }

    /// @notice Tells what stands under a key, so that what logs say can be held against it.
    /// @return version the newest version; 0 if the key was never written
    /// @return blockNumber the block that it is in
    /// @return digest the first 184 bits of the Keccak-256 hash of its body
    function standing(bytes32 key) external view returns (uint64 version, uint64 blockNumber, bytes23 digest) {
        Standing memory stands = standings[key];
        return (stands.version, stands.blockNumber, stands.digest);
    }

    /// @notice Tells whether an account may write.
    function isWriter(address account) external view returns (bool) {
        return writers[account];
    }

    /// @notice Lets an account write. Owner only; an account that may already write stays as it is.
    function admit(address writer) external {
        if (msg.sender != owner) revert NotTheOwner(msg.sender);
        if (writers[writer]) return;
        writers[writer] = true;
        emit Admitted(writer);
    }

    /// @notice Lets an account write no more. Owner only; an account that may not write stays as it is.
    function dismiss(address writer) external {
        if (msg.sender != owner) revert NotTheOwner(msg.sender);
        if (!writers[writer]) return;
        delete writers[writer];
        emit Dismissed(writer);
    }
}
