// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The cheapest way to log some bytes and to keep one slot with their digest
/// @notice What the gas of FTALedger is measured against. Anybody may write anything over anything.
/// @dev In assembly, so that bytes are copied once, for digest and log together; a compiler copies them for each.
contract BareLog {
    event Logged(bytes32 indexed key, bytes body);

    function log(bytes32 key, bytes calldata body) external {
        bytes32 topic = Logged.selector;
        assembly ("memory-safe") {
            let log_ := mload(0x40)
            let size := body.length
            mstore(log_, 0x20)
            mstore(add(log_, 0x20), size)
            let at := add(log_, 0x40)
            calldatacopy(at, body.offset, size)
            mstore(add(at, size), 0) // the padding
            mstore(0, key)
            mstore(0x20, 0)
            sstore(keccak256(0, 0x40), keccak256(at, size))
            log2(log_, add(0x40, and(add(size, 31), not(31))), topic, key)
        }
    }
}
